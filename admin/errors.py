"""What can go wrong in the panel.

PanelError
├── BoxAway    the switch or the callbox does not answer
└── Refused    the box understood and said no; its words are shown to the user
"""


class PanelError(Exception):
    """Its text is shown to the user."""


class BoxAway(PanelError):
    pass


class Refused(PanelError):
    pass
