"""`show channels`, `show calls`, `show registrations` and how many."""

import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from softswitch.session import Session
from softswitch.sip.registrar import Contact
from softswitch.sip_variables import PROFILE

if TYPE_CHECKING:
    from softswitch.switch import Switch

_USAGE = (
    "-USAGE: codec|endpoint|application|api|dialplan|file|timer|calls [count]|channels "
    "[count|like <match string>]|calls|detailed_calls|bridged_calls|detailed_bridged_calls|"
    "aliases|complete|chat|management|modules|nat_map|say|interfaces|interface_types|tasks|"
    "limits|status\n"
)
# fmt: off
_CALL_COLUMNS = (
    "uuid", "direction", "created", "created_epoch", "name", "state", "cid_name", "cid_num",
    "ip_addr", "dest", "presence_id", "presence_data", "accountcode", "callstate", "callee_name",
    "callee_num", "callee_direction", "call_uuid", "hostname", "sent_callee_name",
    "sent_callee_num",
)
_OTHER_COLUMNS = (
    "uuid", "direction", "created", "created_epoch", "name", "state", "cid_name", "cid_num",
    "ip_addr", "dest", "presence_id", "presence_data", "accountcode", "callstate", "callee_name",
    "callee_num", "callee_direction", "sent_callee_name", "sent_callee_num",
)
# fmt: on

Row = dict[str, str]


def show(switch: "Switch", argument: str) -> str:
    words = argument.split()
    what = words[0] if words else ""
    form = words[words.index("as") + 1] if "as" in words[:-1] else ""
    if what == "channels":
        rows = [_channel_row(session, switch) for session in switch.sessions.values()]
        if len(words) > 2 and words[1] == "like":
            rows = [row for row in rows if any(words[2] in value for value in row.values())]
    elif what in ("calls", "bridged_calls", "detailed_calls", "detailed_bridged_calls"):
        rows = _call_rows(switch, bridged_only="bridged" in what)
    elif what == "registrations":
        rows = [_registration_row(c, switch) for c in switch.registrar.all_contacts()]
    elif what in ("application", "api"):
        rows = _names(switch, what)
    else:
        return _USAGE
    if words[1:2] == ["count"]:
        return _count(len(rows), form)
    return _written(rows, form)


def _count(count: int, form: str) -> str:
    return json.dumps({"row_count": count}) if form == "json" else f"\n{count} total.\n"


def _written(rows: Sequence[Row], form: str) -> str:
    if form == "json":
        if not rows:
            return '{"row_count": 0}\n'
        text = {"row_count": len(rows), "rows": list(rows)}
        return json.dumps(text, ensure_ascii=False, separators=(",", ":"))
    if form == "xml":
        return _xml(rows)
    if not rows:
        return "\n0 total.\n"
    lines = [",".join(rows[0]), *(",".join(_cell(v) for v in row.values()) for row in rows)]
    return "\n".join(lines) + f"\n\n{len(rows)} total.\n"


def _cell(value: str) -> str:
    return f'"{value}"' if "," in value or "\n" in value else value


def _xml(rows: Sequence[Row]) -> str:
    lines = [f'<result row_count="{len(rows)}">']
    for number, row in enumerate(rows, 1):
        cells = "".join(f"    <{name}>{escape(value)}</{name}>\n" for name, value in row.items())
        lines.append(f'  <row row_id="{number}">\n{cells}  </row>')
    return "\n".join([*lines, "</result>"]) + "\n"


def _channel_row(session: Session, switch: "Switch") -> Row:
    channel, profile = session.channel, session.channel.profile
    row = _leg(session)
    codec = channel.codec
    known = {name: row[name] for name in _CALL_COLUMNS[:10]}
    known |= {
        "application": session.variables.get("current_application", ""),
        "application_data": session.variables.get("current_application_data", ""),
        "dialplan": profile.dialplan,
        "context": profile.context,
    }
    for side in ("read", "write"):
        known[f"{side}_codec"] = codec
        known[f"{side}_rate"] = "8000" if codec else ""
        known[f"{side}_bit_rate"] = "64000" if codec else ""
    known |= {"secure": "", "hostname": switch.mint.hostname}
    known |= {name: row[name] for name in _CALL_COLUMNS[10:18]}
    known |= {
        "sent_callee_name": row["sent_callee_name"],
        "sent_callee_num": row["sent_callee_num"],
    }
    return known | {
        "initial_cid_name": profile.original_name,
        "initial_cid_num": profile.original_number,
        "initial_ip_addr": profile.network_addr if profile.direction == "inbound" else "",
        "initial_dest": profile.destination_number,
        "initial_dialplan": profile.dialplan,
        "initial_context": profile.context,
    }


def _leg(session: Session) -> Row:
    channel, profile = session.channel, session.channel.profile
    created = profile.times.created / 1e6
    bridged = session.peer is not None
    return {
        "uuid": session.uuid,
        "direction": profile.direction,
        "created": time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(created)),
        "created_epoch": str(int(created)),
        "name": profile.channel_name,
        "state": channel.state.value[0],
        "cid_name": profile.caller_name,
        "cid_num": profile.caller_number,
        "ip_addr": profile.network_addr if profile.direction == "inbound" else "",
        "dest": profile.destination_number,
        "presence_id": "",
        "presence_data": "",
        "accountcode": "",
        "callstate": channel.call_state.value,
        "callee_name": profile.callee_name,
        "callee_num": profile.callee_number,
        "callee_direction": ("SEND" if bridged else "RECV") if channel.answered else "",
        "call_uuid": channel.call_uuid,
        "sent_callee_name": profile.callee_name if bridged else "",
        "sent_callee_num": profile.callee_number if bridged else "",
    }


def _call_rows(switch: "Switch", *, bridged_only: bool) -> list[Row]:
    """One row for a call: the leg that began it, and the one that it is bridged to."""
    rows, told = [], set()
    for session in switch.sessions.values():
        if session.uuid in told or (bridged_only and session.peer is None):
            continue
        told.add(session.uuid)
        if session.peer is not None:
            told.add(session.peer.uuid)
        rows.append(_call_row(session, switch))
    return rows


def _call_row(session: Session, switch: "Switch") -> Row:
    leg = _leg(session) | {"hostname": switch.mint.hostname}
    row = {name: leg[name] for name in _CALL_COLUMNS}
    other = _leg(session.peer) if session.peer is not None else {}
    row |= {f"b_{name}": other.get(name, "") for name in _OTHER_COLUMNS}
    bridged = session.channel.profile.times.bridged // 1_000_000
    return row | {"call_created_epoch": str(bridged) if session.peer is not None else ""}


def _registration_row(contact: Contact, switch: "Switch") -> Row:
    host, port = contact.network
    return {
        "reg_user": contact.user,
        "realm": contact.domain,
        "token": contact.call_id,
        "url": f"sofia/{PROFILE}/{contact.uri}",
        "expires": str(int(time.time() + contact.expires_at - time.monotonic())),
        "network_ip": host,
        "network_port": str(port),
        "network_proto": "udp",
        "hostname": switch.mint.hostname,
        "metadata": "",
    }


def _names(switch: "Switch", what: str) -> list[Row]:
    names = switch.applications.names() if what == "application" else switch.apis.names()
    return [{"name": name, "description": "", "syntax": "", "ikey": "softswitch"} for name in names]
