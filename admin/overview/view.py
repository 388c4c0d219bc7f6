"""The first page after the sign-in."""

from flask_admin import AdminIndexView, expose
from flask_babel import lazy_gettext

from admin.access.current import may
from admin.access.guard import Need
from admin.access.roles import Permission


class Overview(AdminIndexView):
    def __init__(self) -> None:
        super().__init__(name=lazy_gettext("Overview"), url="/", endpoint="overview")

    def need_of(self, page: str) -> Need | None:
        return Permission.SEE_OVERVIEW

    def is_accessible(self) -> bool:
        return may(Permission.SEE_OVERVIEW)

    @expose("/")
    def index(self) -> str:
        return str(self.render("overview/index.html"))
