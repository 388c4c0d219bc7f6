"""What the rules of dialling are called in a newsroom."""

from collections.abc import Mapping

from flask_babel import gettext as _

from store.models.line import CostClass, Door


def cost_names() -> Mapping[CostClass, str]:
    return {
        CostClass.INSIDE: _("phones of the house"),
        CostClass.FREE: _("free of charge"),
        CostClass.LOCAL: _("landlines at home"),
        CostClass.MOBILE: _("mobiles"),
        CostClass.INTERNATIONAL: _("abroad"),
        CostClass.PREMIUM: _("premium rate"),
        CostClass.SATELLITE: _("satellite phones"),
        CostClass.EMERGENCY: _("emergency calls"),
        CostClass.UNKNOWN: _("not known"),
    }


def door_names() -> Mapping[Door, str]:
    return {
        Door.TRANSFER: _("a phone that transfers or dials by itself"),
        Door.DIAL: _("flows that connect a caller"),
        Door.CALLBACK: _("calls back"),
        Door.CONFERENCE: _("conferences and meetings"),
        Door.MAILBOX: _("mailboxes"),
    }
