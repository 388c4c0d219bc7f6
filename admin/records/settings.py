"""The box's settings as they stand: looked at here, changed where they are set."""

from flask_admin import expose
from flask_babel import lazy_gettext

from admin.access.roles import Permission
from admin.panel import the_panel
from admin.views import PanelView


class SettingsView(PanelView):
    see = Permission.SEE_SETTINGS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Settings"),
            category=lazy_gettext("Box"),
            endpoint="settings",
            url="/settings",
        )

    @expose("/")
    def index(self) -> str:
        return str(self.render("records/settings.html", settings=the_panel().records.settings()))
