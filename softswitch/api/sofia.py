"""The SIP profile and its registrations."""

import time
from typing import TYPE_CHECKING

from softswitch.sip.registrar import Contact
from softswitch.sip_variables import PROFILE, profile_url

if TYPE_CHECKING:
    from softswitch.switch import Switch

_LINE = "=" * 97 + "\n"
_USAGE = (
    "USAGE:\n"
    + "-" * 80
    + "\nsofia <status|xmlstatus> profile <name> [reg [<contact str>]]\nsofia help\n"
    + "-" * 80
    + "\n"
)


def sofia(switch: "Switch", argument: str) -> str:
    words = argument.split()
    if words[:1] == ["xmlstatus"]:
        return _xml_status(switch)
    if words[:1] != ["status"]:
        return _USAGE
    if words[1:2] != ["profile"]:
        return _status(switch)
    if words[2:3] != [PROFILE]:
        return "Invalid Profile!\n"
    if words[3:4] == ["reg"]:
        return _registrations(switch, " ".join(words[4:]))
    return _profile(switch)


def _status(switch: "Switch") -> str:
    url = profile_url(switch.agent.address)
    return (
        f"{'Name':>25}\t{'Type':>7}\t{'Data':>42}\tState\n{_LINE}"
        f"{PROFILE:>25}\t{'profile':>7}\t{url:>42}\tRUNNING (0)\n{_LINE}"
        "1 profile 0 aliases\n"
    )


def _xml_status(switch: "Switch") -> str:
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<profiles>\n<profile>\n'
        f"<name>{PROFILE}</name>\n<type>profile</type>\n"
        f"<data>{profile_url(switch.agent.address)}</data>\n"
        "<state>RUNNING (0)</state>\n</profile>\n</profiles>\n"
    )


def _profile(switch: "Switch") -> str:
    host = switch.agent.address[0]
    url = profile_url(switch.agent.address)
    facts = {
        "Name": PROFILE,
        "Domain Name": "N/A",
        "Dialplan": "XML",
        "Context": "public",
        "Challenge Realm": "auto_to",
        "RTP-IP": host,
        "SIP-IP": host,
        "URL": url,
        "BIND-URL": f"{url};transport=udp",
        "CODECS IN": "PCMU,PCMA",
        "CODECS OUT": "PCMU,PCMA",
        "TEL-EVENT": "101",
        "DTMF-MODE": "rfc2833",
        "REGISTRATIONS": str(len(switch.registrar.all_contacts())),
    }
    lines = "".join(f"{name:<17}\t{value}\n" for name, value in facts.items())
    return f"{_LINE}{lines}"


def _registrations(switch: "Switch", wanted: str) -> str:
    user = wanted.partition("@")[0]
    contacts = switch.registrar.contacts(user) if user else switch.registrar.all_contacts()
    text = "".join(_registration(switch, contact) for contact in contacts)
    return f"\nRegistrations:\n{_LINE}{text}Total items returned: {len(contacts)}\n{_LINE}"


def _registration(switch: "Switch", contact: Contact) -> str:
    host, port = contact.network
    left = int(contact.expires_at - time.monotonic())
    until = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(time.time() + left))
    facts = {
        "Call-ID": contact.call_id,
        "User": f"{contact.user}@{contact.domain}",
        "Contact": f'"{contact.name}" <{contact.uri}>',
        "Agent": contact.user_agent,
        "Status": f"Registered(UDP)(unknown) EXP({until}) EXPSECS({left})",
        "Ping-Status": "Reachable",
        "Host": switch.mint.hostname,
        "IP": host,
        "Port": str(port),
        "Auth-User": contact.user,
        "Auth-Realm": contact.domain,
    }
    return "".join(f"{name + ':':<12}\t{value}\n" for name, value in facts.items()) + "\n"


def sofia_contact(switch: "Switch", argument: str) -> str:
    user = argument.rpartition("/")[2].partition("@")[0]
    contacts = switch.registrar.contacts(user)
    if not contacts:
        return "error/user_not_registered"
    return ",".join(f"sofia/{PROFILE}/{contact.uri}" for contact in contacts)


def user_exists(switch: "Switch", argument: str) -> str:
    """`user_exists id <user> <domain>`."""
    words = argument.split()
    return "true" if len(words) > 1 and switch.registrar.knows(words[1]) else "false"


def domain_exists(switch: "Switch", argument: str) -> str:
    return "true" if argument == switch.globals["domain"] else "false"
