"""The panel process: `python -m appliance.panel`."""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (gevent must patch before anything else is imported)
import sys

import gevent
import structlog
from gevent.pywsgi import WSGIServer

from admin.app import create_app
from admin.messages import SharedMessages, message_pages
from store import database
from store.errors import StoreAway

from . import logs
from .checking import checks
from .errors import ApplianceError
from .home import Home
from .messaging import links
from .settings import Settings, load

log = structlog.get_logger()


def main() -> None:
    logs.set_up()
    try:
        settings = load()
        shared = _shared(settings)
    except ApplianceError as error:
        sys.exit(f"pressline panel: {error}")
    _open_store(settings)
    app = create_app(checks(settings, Home(settings.home)), message_pages(shared))
    server = WSGIServer(settings.panel, app, log=None, error_log=sys.stderr)
    try:
        server.start()
    except OSError as error:
        sys.exit(f"pressline panel: cannot listen on {settings.panel}: {error.strerror}")
    gevent.signal_handler(15, server.stop)
    log.info("panel listens", on=str(settings.panel))
    server.serve_forever()


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
