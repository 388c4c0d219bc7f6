"""A `Plan` in each switch's own configuration language."""

import json
import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.switch_plan import HOST, Plan

FREESWITCH_MODULES = (
    "mod_logfile",
    "mod_commands",
    "mod_dptools",
    "mod_event_socket",
    "mod_sofia",
    "mod_loopback",
    "mod_dialplan_xml",
    "mod_conference",
    "mod_sndfile",
    "mod_native_file",
    "mod_tone_stream",
)

NO_FOREIGN_TRANSFERS = {"dial-prefix": "", "absolute-dial-string": "error/CALL_REJECTED"}
"""What is dialled for a REFER that names a call which FreeSWITCH does not have, in place of the
address that the phone gives (sofia.c, sofia_handle_sip_i_refer)."""


def freeswitch_xml(plan: Plan) -> str:
    return f"""<?xml version="1.0"?>
<document type="freeswitch/xml">
<X-PRE-PROCESS cmd="set" data="domain={HOST}"/>
<section name="configuration">{"".join(_configurations(plan))}</section>
<section name="dialplan"><context name="public">{_dialplan(plan)}</context></section>
<section name="directory"><domain name="{HOST}">{_directory(plan)}</domain></section>
<section name="languages"/>
<section name="channels"><params>{_parameters(NO_FOREIGN_TRANSFERS)}</params></section>
</document>
"""


def _configurations(plan: Plan) -> list[str]:
    modules = "".join(f'<load module="{name}"/>' for name in FREESWITCH_MODULES)
    core = {
        "max-sessions": str(plan.max_sessions),
        "sessions-per-second": "500",
        "loglevel": "warning",
        "rtp-start-port": str(plan.first_media_port),
        "rtp-end-port": str(plan.last_media_port),
    }
    event_socket = {
        "nat-map": "false",
        "listen-ip": HOST,
        "listen-port": str(plan.esl_port),
        "password": plan.password,
    }
    log = (
        f'<profiles><profile name="default">'
        f"{_settings({'logfile': str(plan.home / 'log' / 'freeswitch.log')})}"
        '<mappings><map name="all" value="warning,err,crit,alert"/></mappings>'
        "</profile></profiles>"
    )
    conference = {"domain": HOST, "rate": "8000", "interval": "20", "energy-level": "100"}
    rooms = f'<profile name="default">{_parameters(conference)}</profile>{documented_profiles()}'
    return [
        _configuration("modules.conf", f"<modules>{modules}</modules>"),
        _configuration("switch.conf", _settings(core)),
        _configuration("logfile.conf", log),
        _configuration("event_socket.conf", _settings(event_socket)),
        _configuration("acl.conf", "<network-lists/>"),
        _configuration("sofia.conf", _sip_profile(plan)),
        _configuration("conference.conf", f"<caller-controls/><profiles>{rooms}</profiles>"),
        _configuration("timezones.conf", "<timezones/>"),
    ]


def documented_profiles() -> str:
    """The conference profiles as users are told to write them."""
    text = (Path(__file__).parent.parent / "docs" / "freeswitch.md").read_text(encoding="utf-8")
    found = re.findall(r'<profile name="pressline-.*?</profile>', text, re.DOTALL)
    assert found, "docs/freeswitch.md tells of no conference profile"
    return "".join(found).replace("$${domain}", HOST)


def _sip_profile(plan: Plan) -> str:
    profile = {
        "sip-ip": HOST,
        "rtp-ip": HOST,
        "sip-port": str(plan.sip_port),
        "context": "public",
        "dialplan": "XML",
        "auth-calls": "false",
        "accept-blind-auth": "false",
        "force-register-domain": HOST,
        "force-subscription-domain": HOST,
        "inbound-codec-prefs": "PCMU,PCMA",
        "outbound-codec-prefs": "PCMU,PCMA",
        "rtp-timer-name": "soft",
        "rfc2833-pt": "101",
        "manage-presence": "passive",
        "auth-subscriptions": "true",
        "send-message-query-on-register": "true",
        "liberal-dtmf": "true",
        "channel-xml-fetch-on-nightmare-transfer": "true",
    }
    return f'<profiles><profile name="internal">{_settings(profile)}</profile></profiles>'


def _dialplan(plan: Plan) -> str:
    return "".join(
        f"<extension name={quoteattr(extension.name)}>{_caller_condition(extension.caller)}"
        f'<condition field="destination_number" expression={quoteattr(extension.match)}>'
        + "".join(
            f"<action application={quoteattr(name)} data={quoteattr(data)}/>"
            for name, data in extension.actions
        )
        + "</condition></extension>"
        for extension in plan.extensions
    )


def _caller_condition(pattern: str) -> str:
    if not pattern:
        return ""
    return f'<condition field="caller_id_number" expression={quoteattr(pattern)}/>'


def _directory(plan: Plan) -> str:
    dial = _parameters({"dial-string": "${sofia_contact(${dialed_user}@${dialed_domain})}"})
    users = "".join(
        f"<user id={quoteattr(name)}><params>"
        f'<param name="password" value={quoteattr(secret)}/></params>'
        '<variables><variable name="user_context" value="public"/></variables></user>'
        for name, secret in plan.users.items()
    )
    return f"<params>{dial}</params>{users}"


def _configuration(name: str, inside: str) -> str:
    return f'<configuration name="{name}">{inside}</configuration>'


def _settings(values: dict[str, str]) -> str:
    return f"<settings>{_parameters(values)}</settings>"


def _parameters(values: dict[str, str]) -> str:
    return "".join(
        f"<param name={quoteattr(name)} value={quoteattr(value)}/>"
        for name, value in values.items()
    )


def softswitch_toml(plan: Plan) -> str:
    quote = json.dumps
    users = ", ".join(f"{quote(name)} = {quote(secret)}" for name, secret in plan.users.items())
    parts = [
        f"max_sessions = {plan.max_sessions}\n",
        f"[sip]\nhost = {quote(HOST)}\nport = {plan.sip_port}",
        f"users = {{ {users} }}\nauth_calls = false\ndomain = {quote(HOST)}",
        f"\n[event_socket]\nhost = {quote(HOST)}\nport = {plan.esl_port}",
        f"password = {quote(plan.password)}",
        f"\n[media]\nfirst_port = {plan.first_media_port}\nlast_port = {plan.last_media_port}",
    ]
    for extension in plan.extensions:
        actions = ", ".join(quote(list(action)) for action in extension.actions)
        parts.append(
            f"\n[[extension]]\nname = {quote(extension.name)}\n"
            f"match = {quote(extension.match)}\nactions = [{actions}]"
        )
        if extension.caller:
            parts.append(f"caller = {quote(extension.caller)}")
    return "\n".join(parts) + "\n"
