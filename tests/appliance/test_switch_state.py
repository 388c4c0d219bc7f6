"""What `/healthz` tells of FreeSWITCH's configuration."""

from pathlib import Path

import pytest

from appliance import switch_state
from appliance.configuring import Outcome
from appliance.home import Home
from appliance.settings import Settings
from appliance.switch_state import configuration_health, keep_configured
from provisioning.freeswitch.errors import NotApplied

SETTINGS = Settings.model_validate({"switch": "freeswitch"})


def after(home: Home, monkeypatch: pytest.MonkeyPatch, found: Outcome | Exception) -> None:
    def configure(settings: Settings, home: Home) -> Outcome:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(switch_state, "configure", configure)
    keep_configured(SETTINGS, home)


@pytest.mark.parametrize(
    ("found", "ok", "said"),
    [
        (Outcome(True, "applied"), True, "has what it ought to have"),
        (Outcome(False, "not ours"), True, "configuration of its own"),
        (Outcome(False, "away", "nobody answers"), True, "when it starts"),
        (Outcome(False, "applied", restart=["trunks listens"]), False, "trunks listens"),
        (
            Outcome(False, "applied", trunks={"a": "trunk a is silent", "b": ""}),
            True,
            "a is silent",
        ),
        (NotApplied("FreeSWITCH refused"), False, "FreeSWITCH refused"),
    ],
)
def test_the_last_look_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Outcome | Exception, ok: bool, said: str
) -> None:
    home = Home(tmp_path)
    after(home, monkeypatch, found)
    health = configuration_health(home)
    assert health.ok is ok and said in health.message


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"strange": 1}'])
def test_a_box_that_was_never_looked_at_is_not_ill(tmp_path: Path, text: str | None) -> None:
    home = Home(tmp_path)
    home.switch_folder.mkdir()
    if text is not None:
        (home.switch_folder / switch_state.NAME).write_text(text)
    health = configuration_health(home)
    assert health.ok and health.message == "nobody has looked yet"
