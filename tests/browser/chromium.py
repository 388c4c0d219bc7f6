"""Headless Chromium that talks to loopback only, and says what went wrong on a page."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

BINARY = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
WHY_NOT = "Chromium is not installed: apt-get install chromium chromium-driver"

QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip
PATIENCE = 30.0
"""Seconds that a page may take on a busy machine."""


@contextmanager
def chromium(width: int = 1280, height: int = 900, *more: str) -> Iterator[Chrome]:
    """A browser with an empty profile. `more`: further switches."""
    options = ChromeOptions()
    options.binary_location = BINARY or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory() as profile:
        for switch in (
            *QUIET,
            f"--window-size={width},{height}",
            f"--user-data-dir={profile}",
            *more,
        ):
            options.add_argument(switch)
        driver = Chrome(options=options, service=ChromeService(DRIVER))
        driver.set_page_load_timeout(PATIENCE)
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        # A window of its own is never narrower than 500 pixels.
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        try:
            yield driver
        finally:
            driver.quit()


def complaints(driver: Chrome) -> list[str]:
    """What the pages' own scripts, or the browser for them, complained about since last asked."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
