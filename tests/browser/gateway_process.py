"""The gateway of the phone in the panel, as a process beside it."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from appliance.home import Home
from appliance.secrets_file import write_secret
from appliance.settings import load
from appliance.web_phone import gateway_settings

LIMIT = 60.0


@contextmanager
def gateway_process(environment: Mapping[str, str]) -> Iterator[None]:
    """Until it listens. No switch is needed: browsers register with the gateway itself."""
    settings = load(environment)
    path = Home(settings.home).web_phone_settings
    path.parent.mkdir(parents=True, exist_ok=True)
    write_secret(path, gateway_settings(settings))
    process = subprocess.Popen(
        [sys.executable, "-m", "softswitch.webrtc", "--config", str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("web phone: browsers on")
        yield
    finally:
        process.terminate()
        process.wait(LIMIT)
        if process.stdout is not None:
            process.stdout.close()
