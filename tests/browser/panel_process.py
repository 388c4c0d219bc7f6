"""The panel as users meet it: a process of its own over a home, for a browser to open."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from selenium.webdriver import Chrome

from admin.access import sessions
from admin.access.current import TOKEN
from appliance.secrets_file import cookie_key
from store.models import PanelUser
from tests.browser.gateway_process import gateway_process
from tests.ports import free_port
from tests.stores import servers_of

LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class RunningPanel:
    home: Path
    url: str

    def let_in(self, browser: Chrome, user: PanelUser) -> None:
        """Sign a user in without the form; the browser must then open a page itself."""
        browser.get(f"{self.url}/static/icon.svg")
        browser.add_cookie({"name": "pressline", "value": self.cookie(user), "path": "/"})

    def cookie(self, user: PanelUser) -> str:
        app = Flask("cookies")
        app.secret_key = cookie_key(self.home)
        token = sessions.begin(user, "127.0.0.1", "Chromium", second_factor=True)
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return str(signer.dumps({TOKEN: token}))


@contextmanager
def panel_process(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[RunningPanel]:
    """`settings` by their names in the environment. The store of the home must be there."""
    port = free_port()
    given = {
        "PRESSLINE_HOME": str(home),
        "PRESSLINE_PANEL": f"127.0.0.1:{port}",
        "PRESSLINE_WEB_PHONE": f"127.0.0.1:{free_port()}",
    }
    environment = {**os.environ, **servers_of(home), **given, **(settings or {})}
    with (home / "panel.log").open("wb") as log, gateway_process(environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "appliance.panel"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/static/icon.svg", process, home)
            yield RunningPanel(home, f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(LIMIT)


def _wait(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + LIMIT
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the panel did not start: {(home / 'panel.log').read_text()}")
