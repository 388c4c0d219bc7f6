"""The visible table of API commands."""

import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from softswitch.api import (
    about_calls,
    about_switch,
    broadcasting,
    conferences,
    originating,
    show,
    sofia,
    steering,
)

if TYPE_CHECKING:
    from softswitch.switch import Switch

log = logging.getLogger(__name__)

Api = Callable[["Switch", str], str | Awaitable[str]]

_TABLE: dict[str, Api] = {
    "conference": conferences.conference,
    "create_uuid": about_switch.create_uuid,
    "domain_exists": sofia.domain_exists,
    "echo": about_switch.echo,
    "eval": about_switch.evaluate,
    "expand": about_switch.expand,
    "fsctl": about_switch.fsctl,
    "global_getvar": about_switch.global_getvar,
    "global_setvar": about_switch.global_setvar,
    "hostname": about_switch.hostname,
    "hupall": steering.hupall,
    "module_exists": about_switch.module_exists,
    "msleep": about_switch.msleep,
    "originate": originating.originate_command,
    "reloadxml": about_switch.reloadxml,
    "show": show.show,
    "sofia": sofia.sofia,
    "sofia_contact": sofia.sofia_contact,
    "status": about_switch.status,
    "strepoch": about_switch.strepoch,
    "strftime": about_switch.strftime,
    "switchname": about_switch.hostname,
    "uptime": about_switch.uptime,
    "user_exists": sofia.user_exists,
    "uuid_answer": steering.uuid_answer,
    "uuid_audio": broadcasting.uuid_audio,
    "uuid_break": steering.uuid_break,
    "uuid_bridge": steering.uuid_bridge,
    "uuid_broadcast": broadcasting.uuid_broadcast,
    "uuid_display": steering.uuid_display,
    "uuid_dump": about_calls.uuid_dump,
    "uuid_exists": about_calls.uuid_exists,
    "uuid_flush_dtmf": steering.uuid_flush_dtmf,
    "uuid_getvar": about_calls.uuid_getvar,
    "uuid_hold": steering.uuid_hold,
    "uuid_kill": steering.uuid_kill,
    "uuid_park": steering.uuid_park,
    "uuid_record": broadcasting.uuid_record,
    "uuid_recv_dtmf": broadcasting.uuid_recv_dtmf,
    "uuid_send_dtmf": broadcasting.uuid_send_dtmf,
    "uuid_setvar": about_calls.uuid_setvar,
    "uuid_setvar_multi": about_calls.uuid_setvar_multi,
    "uuid_transfer": steering.uuid_transfer,
    "version": about_switch.version,
}


class Apis:
    def names(self) -> list[str]:
        return sorted(_TABLE)

    async def run(self, switch: "Switch", text: str) -> str:
        """The answer, with the line feed that FreeSWITCH ends it with, or without."""
        name, _, rest = text.strip().partition(" ")
        api = _TABLE.get(name.lower())
        if api is None:
            return f"-ERR {name} Command not found!\n"
        answer = api(switch, rest.strip())
        text = await answer if inspect.isawaitable(answer) else answer
        return text or "-ERR no reply\n"
