"""What is refused of users.

UsersError(PanelError)
├── NameRefused      a new user's name is taken, or no name
├── RoleUnknown
├── UserUnknown
├── LastAdministrator  nobody could undo it
└── Yourself         nobody locks himself out
"""

from admin.errors import PanelError


class UsersError(PanelError):
    pass


class NameRefused(UsersError):
    pass


class RoleUnknown(UsersError):
    pass


class UserUnknown(UsersError):
    pass


class LastAdministrator(UsersError):
    def __init__(self) -> None:
        super().__init__("This is the last administrator; make somebody else one before.")


class Yourself(UsersError):
    def __init__(self) -> None:
        super().__init__("You cannot take that away from yourself; another administrator can.")
