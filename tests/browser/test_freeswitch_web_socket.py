"""A SIP program in a browser on the rendered FreeSWITCH's own secure WebSocket."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from flask import Flask, Response, send_file
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from provisioning.freeswitch.facts import Facts, Phone, Rule
from tests.browser.chromium import BINARY, DRIVER, WHY_NOT, chromium
from tests.browser.served import served
from tests.end_to_end.box import NO_FREESWITCH
from tests.end_to_end.mailboxes import TIP
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, heard_in_parts, read_wav
from tests.provisioning.freeswitch.rendered import RenderedFreeSwitch, listening, running_on
from tests.switch_plan import HOST, MEDIA_BLOCK, claim_media_block
from tests.switches import FreeSwitch

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(not (BINARY and DRIVER), reason=WHY_NOT),
    pytest.mark.skipif(FreeSwitch.program() is None, reason=NO_FREESWITCH),
]
PHONE, SECRET = "300", "p'a\"s&$${domain}"
TONE, RECORD = "900", "901"
ANSWER = ("answer", "")
HERE = Path(__file__).parent
JSSIP = HERE.parent.parent / "admin" / "static" / "vendor" / "phone.js"
LEVEL = 0.05
LIMIT = 60.0


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorded") / "browser.wav"


@pytest.fixture(scope="module")
def switch(
    tmp_path_factory: pytest.TempPathFactory, recorded: Path
) -> Iterator[RenderedFreeSwitch]:
    claim = claim_media_block()
    last = claim.getsockname()[1]
    rules = (
        Rule("", f"^{TONE}$", (ANSWER, ("playback", "tone_stream://%(600000,0,1000)"))),
        Rule("", f"^{RECORD}$", (ANSWER, ("record", f"{recorded} 5"), ("hangup", ""))),
    )
    facts = Facts(
        tmp_path_factory.mktemp("rendered"),
        listening((last + 1 - MEDIA_BLOCK, last - 1)),
        "event-socket-secret",
        rules,
        (Phone(PHONE, "Culture", SECRET),),
    )
    with claim, running_on(facts) as made:
        yield made


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    app = Flask("sip phone", static_folder=None)

    @app.get("/")
    def phone() -> Response:
        return send_file(HERE / "sip_phone.html")

    @app.get("/jssip.js")
    def jssip() -> Response:
        return send_file(JSSIP)

    with served(app) as url:
        yield url


@pytest.fixture
def browser(page: str, tmp_path: Path) -> Iterator[Chrome]:
    """Its microphone hears somebody speak, over and over."""
    microphone = tmp_path / "microphone.wav"
    soundfile.write(microphone, np.repeat(read_wav(TIP), 6), 6 * RATE)
    with chromium(
        800,
        600,
        f"--use-file-for-fake-audio-capture={microphone}",
        "--ignore-certificate-errors",  # that of FreeSWITCH is its own
        "--allow-loopback-in-peer-connection",
    ) as made:
        made.get(page)
        yield made


def state(browser: Chrome) -> str:
    return str(browser.find_element(By.TAG_NAME, "body").get_attribute("data-state"))


def level(browser: Chrome) -> float:
    return float(browser.find_element(By.TAG_NAME, "body").get_attribute("data-level") or 0)


def register(browser: Chrome, switch: RenderedFreeSwitch, password: str) -> None:
    url = f"wss://{HOST}:{switch.facts.listening.wss}"
    browser.execute_script("register(...arguments)", url, PHONE, password)


def test_a_browser_registers_and_hears_what_is_played(
    switch: RenderedFreeSwitch, browser: Chrome
) -> None:
    register(browser, switch, SECRET)
    eventually(lambda: state(browser) == "registered", "the browser is registered", LIMIT)
    browser.execute_script("call(...arguments)", TONE)
    eventually(lambda: state(browser) == "talking", "the call is answered", LIMIT)
    eventually(lambda: level(browser) > LEVEL, "the tone is heard", LIMIT)


def test_what_is_spoken_into_a_browser_reaches_the_switch(
    switch: RenderedFreeSwitch, browser: Chrome, recorded: Path
) -> None:
    register(browser, switch, SECRET)
    eventually(lambda: state(browser) == "registered", "the browser is registered", LIMIT)
    browser.execute_script("call(...arguments)", RECORD)
    eventually(lambda: state(browser) == "over", "the recording is over", LIMIT)
    assert heard_in_parts(read_wav(recorded)[2 * RATE : 4 * RATE], np.tile(read_wav(TIP), 2)) > 0.5


def test_a_browser_with_a_wrong_password_is_refused(
    switch: RenderedFreeSwitch, browser: Chrome
) -> None:
    register(browser, switch, "guessed")
    eventually(lambda: state(browser).startswith("refused"), "the answer has come", LIMIT)
    assert state(browser) == "refused 403"
