"""The phone in the panel: where its gateway listens, for whom, and whether there is one."""

import json
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit

from .secrets_file import pass_key
from .settings import Address, Settings

Missing = Literal["", "off", "not installed"]


def gateway_missing(settings: Settings) -> Missing:
    """Why there is no gateway here; empty where there is one."""
    if settings.web_phone == "off":
        return "off"
    is_there = all(find_spec(name) for name in ("aiortc", "websockets"))
    return "" if is_there else "not installed"


def phone_missing(settings: Settings) -> Missing:
    """Why the panel has no phone; without a gateway of ours it may have another's."""
    elsewhere = settings.web_phone == "off" and settings.web_phone_url
    return "" if elsewhere else gateway_missing(settings)


def gateway_address(settings: Settings) -> Address:
    if isinstance(settings.web_phone, Address):
        return settings.web_phone
    host, port = settings.panel
    return Address(host, port + 2 if port < 65_534 else port - 2)


def page_url(settings: Settings) -> str:
    """Where the page connects to."""
    host, port = gateway_address(settings)
    # A browser elsewhere gives its microphone to HTTPS only, hence needs `web_phone_url`.
    return settings.web_phone_url or f"ws://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"


def gateway_settings(settings: Settings) -> str:
    """The TOML text for `python -m softswitch.webrtc --config`. Raises `SettingsInvalid`."""
    host, port = gateway_address(settings)
    switch_host, switch_port = settings.own_calls
    facts = {
        "host": host,
        "port": port,
        "switch_host": "127.0.0.1" if switch_host == "0.0.0.0" else switch_host,
        "switch_port": switch_port,
        "key": pass_key(settings.home),
        "origins": origins(settings),
    }
    # A JSON string, number or list is a TOML one as well.
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in facts.items())


def origins(settings: Settings) -> list[str]:
    """The panel's pages, as browsers name where they came from."""
    host, port = settings.panel
    public = urlsplit(settings.panel_url)
    is_here = host in ("127.0.0.1", "localhost", "0.0.0.0")
    names = ("127.0.0.1", "localhost") if is_here else (host,)
    known = (f"{public.scheme}://{public.netloc}", *(f"http://{name}:{port}" for name in names))
    return list(dict.fromkeys(known))
