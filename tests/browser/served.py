"""The panel's application in this process, for a browser: the box behind it is a double."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from selenium.webdriver import Chrome
from werkzeug.serving import make_server

from admin.access import sessions
from admin.access.current import TOKEN
from store.models import PanelUser


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Its address. Each request has a thread, as live news last."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(30)


def let_in(browser: Chrome, url: str, app: Flask, user: PanelUser) -> None:
    """Sign a user in without the form; the browser must then open a page itself."""
    browser.get(f"{url}/static/icon.svg")
    token = sessions.begin(user, "127.0.0.1", "Chromium", second_factor=True)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    browser.add_cookie({"name": "pressline", "value": signer.dumps({TOKEN: token}), "path": "/"})
