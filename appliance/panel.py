"""The panel process: `python -m appliance.panel`."""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (gevent must patch before anything else is imported)
import sys

import gevent
import structlog
from gevent.pywsgi import WSGIServer

from admin.app import create_app

from . import logs
from .checking import checks
from .errors import ApplianceError
from .home import Home
from .settings import load

log = structlog.get_logger()


def main() -> None:
    logs.set_up()
    try:
        settings = load()
    except ApplianceError as error:
        sys.exit(f"pressline panel: {error}")
    app = create_app(checks(settings, Home(settings.home)))
    server = WSGIServer(settings.panel, app, log=None, error_log=sys.stderr)
    try:
        server.start()
    except OSError as error:
        sys.exit(f"pressline panel: cannot listen on {settings.panel}: {error.strerror}")
    gevent.signal_handler(15, server.stop)
    log.info("panel listens", on=str(settings.panel))
    server.serve_forever()


if __name__ == "__main__":
    main()
