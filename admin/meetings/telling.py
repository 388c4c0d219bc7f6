"""What is due for a meeting's guests is done at once; without this it is found a little later."""

from flask import flash
from flask_babel import gettext as _

from admin.errors import PanelError
from admin.panel import the_panel
from lines.meetings import mails
from store.fields import now


def tell() -> None:
    """After the change is kept. Never raises for a box that is away."""
    panel = the_panel()
    for errand in mails.due(now(), ""):
        panel.air.send_mail(errand)
    try:
        panel.ask("meetings.changed")
    except PanelError as error:
        flash(_("The box will see to it when it runs: %(why)s", why=str(error)), "warning")
