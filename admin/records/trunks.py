"""Ways to numbers outside the house."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _

from admin.access.roles import Permission
from lines.dialling import interchange, records
from lines.dialling.entry import TrunkEntry
from store.errors import Mistake
from store.models import Trunk
from store.models.line import NumberForm

from . import cells
from .entry_view import EntryForm
from .fields import ChoiceField, ListField, NumberField, SecretField, TextField
from .labels import LABELS
from .names import name_field
from .ordered import OrderedView

FORMS = [
    (NumberForm.E164.value, "+49301234567"),
    (NumberForm.DIGITS.value, "49301234567"),
    (NumberForm.NATIONAL.value, _("0301234567 at home, 00… abroad")),
]


class TrunkForm(EntryForm):
    name = name_field(_("For instance main."))
    host = TextField(
        _("Provider's address"),
        description=_("As the provider tells it: sip.provider.example, or with a port behind it."),
    )
    transport = ChoiceField(
        _("Over"),
        choices=[("udp", "UDP"), ("tcp", "TCP"), ("tls", _("TLS: encrypted"))],
        default="udp",
        description=_("As the provider tells it; most want UDP."),
    )
    user = TextField(
        _("User name"),
        description=_("Of the account at the provider. Empty: they know the box by its address."),
    )
    password = SecretField(
        _("Password"),
        description=_("Of that account. Never shown again; left empty, it stays as it is."),
    )
    domain = TextField(
        _("Domain of the account"), description=_("Only where it is not the provider's address.")
    )
    expires = NumberField(
        _("Registered for (seconds)"),
        description=_("How long the box is registered until it does so anew. Usually 600."),
    )
    number = TextField(
        _("Number that is called"),
        description=_("For calls from this provider. Empty: the number that each call names."),
    )
    addresses = ListField(
        _("Calls come from"),
        description=_(
            "The provider's addresses, 192.0.2.0/28 for a network: calls from elsewhere are "
            "refused. Empty: the address above, where it is written in figures."
        ),
    )
    gateway = TextField(
        _("Or a gateway of the switch"),
        description=_("The name under which FreeSWITCH itself knows it. Leave one of both empty."),
    )
    shows = TextField(
        _("Number that is shown"),
        default="caller",
        description=_("caller for the caller's own, nothing, or one of yours: +49301234567."),
    )
    numbers = ListField(
        _("Numbers that it takes"),
        description=_("Beginnings with a *: +49*, +43*. Empty: all of them."),
    )
    form = ChoiceField(
        _("Numbers are written"), choices=FORMS, description=_("As the provider wants them.")
    )


class TrunksView(OrderedView):
    subject = "trunk"
    change = Permission.EDIT_DIALLING
    form = TrunkForm
    column_list = ("name", "way", "shows", "numbers", "form")
    column_labels = LABELS
    column_formatters: ClassVar[dict[str, Any]] = {
        "way": lambda view, context, row, name: (
            row.host or gettext("gateway %(name)s", name=row.gateway)
        ),
        "numbers": cells.several,
    }

    def __init__(self) -> None:
        super().__init__(
            Trunk,
            name=lazy_gettext("Trunks"),
            category=lazy_gettext("Records"),
            endpoint="trunks",
            url="/records/trunks",
        )

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        content = interchange.gather({interchange.TRUNKS: {name: facts}}, "")
        return next(iter(content.trunks or ()), None), content.mistakes

    def entry(self, name: str) -> TrunkEntry:
        return next(trunk for trunk in records.trunks() if trunk.name == name)

    def keep(self, entry: Any) -> None:
        records.keep_trunk(entry)

    def remove(self, name: str) -> None:
        Trunk.delete().where(Trunk.name == name).execute()
