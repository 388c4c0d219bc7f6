"""FreeSWITCH's files as texts: one template each."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .escaping import escaped, plain_name
from .facts import DOMAIN, Facts

TEMPLATES: Final = Path(__file__).parent / "templates"
MODULES: Final = (
    "mod_logfile",
    "mod_commands",
    "mod_dptools",
    "mod_event_socket",
    "mod_sofia",
    "mod_rtc",
    "mod_loopback",
    "mod_dialplan_xml",
    "mod_conference",
    "mod_sndfile",
    "mod_native_file",
    "mod_tone_stream",
    "mod_local_stream",
)


GATEWAY_DIGEST: Final = "pressline_gateway"
"""The variable by which a running gateway tells of what it was made."""
GENERATION: Final = "pressline_generation"
"""The global variable by which a running FreeSWITCH tells which files it has read."""
ROOT: Final = "freeswitch.xml"


def render(facts: Facts) -> Mapping[str, str]:
    """The texts by their paths below the configuration's folder. Raises `ValueUnsafe`."""
    environment = _environment()
    given = {"facts": facts, "on": facts.listening, "domain": DOMAIN, "modules": MODULES}
    given |= {"digest": GATEWAY_DIGEST, "generation": GENERATION, "digest_of_all": ""}
    files = {
        name.removesuffix(".j2"): environment.get_template(name).render(given)
        for name in environment.list_templates(extensions=["j2"])
    }
    root = environment.get_template(f"{ROOT}.j2")
    return files | {ROOT: root.render(given | {"digest_of_all": generation(files)})}


def generation(files: Mapping[str, str]) -> str:
    """Another one for every change of any file but the first, in which it stands."""
    others = sorted((name, text) for name, text in files.items() if name != ROOT)
    return sha256(repr(others).encode()).hexdigest()[:16]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=escaped,
        autoescape=True,  # what `finalize` gives is markup already, and not escaped once more
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain_name"] = plain_name
    environment.globals["param"] = _param
    environment.globals["address"] = _address
    return environment


def _param(name: str, value: object) -> Markup:
    return Markup(f'<param name="{name}" value="{escaped(value)}"/>')


def _address(host: str) -> Markup | str:
    """FreeSWITCH names its address in what it sends, so it must be a real one."""
    return Markup("$${local_ip_v4}") if host == "0.0.0.0" else host
