"""The panel process: `python -m appliance.panel`."""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (gevent must patch before anything else is imported)
import sys
from functools import partial
from typing import Any

import gevent
import structlog
from flask import Flask
from gevent.pywsgi import WSGIServer

from admin.app import create_app
from admin.errors import BoxAway, Refused
from admin.figures import figures_page
from admin.live.live import Live
from admin.messages import SharedMessages, message_pages
from admin.overview.attention import Attention
from admin.panel import Panel
from store import database
from store.errors import StoreAway

from . import asking, lifeline, logs
from .checking import checks
from .dangers import dangers, refuse
from .errors import ApplianceError, BoxSilent, WishRefused
from .home import Home
from .messaging import links
from .metrics.exposition import Exposition
from .panel_parts.air import WorkersAir
from .panel_parts.alarms import KeptAlarms
from .panel_parts.browser_phone import SignedPasses
from .panel_parts.flows import MODULE, SidecarFlows
from .panel_parts.live import LiveSource
from .panel_parts.records import BoxRecords
from .panel_parts.trying import FlowTrying
from .panel_parts.watchman import watch
from .secrets_file import cookie_key
from .settings import Settings, load
from .sidecar import Sidecar

log = structlog.get_logger()


def main() -> None:
    logs.set_up()
    work = Sidecar("appliance.sidecar_tasks", "2")  # starts with its first task
    try:
        settings = load()
        refuse(settings, dangers(settings))
        app = make_app(settings, work)
    except ApplianceError as error:
        sys.exit(f"pressline panel: {error}")
    _open_store(settings)
    server = WSGIServer(settings.panel, app, log=None, error_log=sys.stderr)
    try:
        server.start()
    except OSError as error:
        sys.exit(f"pressline panel: cannot listen on {settings.panel}: {error.strerror}")
    gevent.signal_handler(15, server.stop)
    log.info("panel listens", on=str(settings.panel))
    lifeline.ready()
    lifeline.keep_beating()
    gevent.spawn(watch, settings, Home(settings.home.absolute()))
    server.serve_forever()
    lifeline.stopping()
    work.stop()


def make_app(settings: Settings, work: Sidecar) -> Flask:
    """Raises `SettingsInvalid`."""
    token = settings.metrics_token.get_secret_value()
    figures = figures_page(Exposition(settings).text, token)
    return create_app(_panel(settings, work), message_pages(_shared(settings)), figures)


def _panel(settings: Settings, work: Sidecar) -> Panel:
    """Raises `SettingsInvalid`."""
    all_checks = checks(settings, Home(settings.home))
    return Panel(
        paper=settings.paper_name,
        zone=settings.time_zone,
        home=settings.home,
        secret=cookie_key(settings.home),
        secure=settings.panel_url.startswith("https://"),
        proxies=settings.panel_proxies,
        checks=all_checks,
        ask=partial(_ask, settings),
        live=Live(LiveSource(settings, Attention(all_checks, settings.home).mark)),
        air=WorkersAir(settings),
        trying=FlowTrying(settings, work),
        records=BoxRecords(settings, work),
        flows=SidecarFlows(Sidecar(MODULE, "2")),  # starts with its first task
        phones=SignedPasses(settings),
        alarms=KeptAlarms(settings.home.absolute()),
    )


def _ask(settings: Settings, verb: str, **given: Any) -> Any:
    """Raises the panel's own errors."""
    try:
        return asking.ask(settings, verb, **given)
    except BoxSilent as error:
        raise BoxAway(str(error)) from error
    except WishRefused as error:
        raise Refused(str(error)) from error


def _shared(settings: Settings) -> SharedMessages:
    """Raises `SettingsInvalid`."""
    folder = Home(settings.home).voicemail
    return SharedMessages(links(settings), folder, settings.time_zone)


def _open_store(settings: Settings) -> None:
    """Each page opens a connection of its own; while there is no store, it says so."""
    try:
        database.connect(settings.store_url)
    except StoreAway as error:
        log.warning("the panel starts without the store", reason=str(error))
    finally:
        database.disconnect()


if __name__ == "__main__":
    main()
