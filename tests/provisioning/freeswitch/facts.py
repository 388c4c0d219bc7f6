"""A FreeSWITCH as tests have it configured."""

from pathlib import Path
from typing import Any

from provisioning.freeswitch.facts import Facts, Gateway, Listening, Phone, Rule

HOSTILE = (
    "$${domain}",
    "${system(touch hacked)}",
    "\" onload='x'",
    '</include><X-PRE-PROCESS cmd="exec-set" data="a=touch hacked"/>',
    "x-pre-process",
    "<?xml?>",
    "<!-- --> <!--#exec touch hacked -->",
    "]]>&amp;&#0;{{ 7*7 }}{% for x in y %}",
    "`touch hacked`; $(touch hacked) | \\n",
    "汉字 ñ \u2028 😀",
)
"""What means something to XML, to FreeSWITCH's own reader, to templates, or to a shell."""

RULES = (
    Rule(r"^\+?[0-9]{1,15}$(?!\n)", "^[0-9*#+]{1,20}$", (("answer", ""), ("park", ""))),
    Rule("", "^.", (("record", "/x/${uuid}_unknown.wav 120 200 5"),)),
)


def facts(folder: Path, **given: Any) -> Facts:
    usual: dict[str, Any] = {
        "listening": Listening("127.0.0.1", inside=("127.0.0.1", 5070)),
        "event_socket_password": "socket-secret",
        "rules": RULES,
        "phones": (Phone("200", "Desk", "desk-secret"),),
        "gateways": (
            Gateway("main", "sip.provider.example", user="84930", password="provider-secret"),
            Gateway("spare", "192.0.2.7:5090", transport="tcp", addresses=("192.0.2.0/28",)),
        ),
    }
    return Facts(folder, **usual | given)
