import stat
from pathlib import Path

import pytest

from appliance.errors import SettingsInvalid
from appliance.secrets_file import load_secrets
from appliance.settings import Address, Settings, load
from appliance.settings_page import PAGE, page


def load_with(tmp_path: Path, toml: str = "", **environment: str) -> Settings:
    file = tmp_path / "pressline.toml"
    file.write_text(toml)
    return load({"PRESSLINE_HOME": str(tmp_path), **environment})


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    settings = load_with(
        tmp_path, 'paper_name = "Echo"\nesl = "127.0.0.1:9000"', PRESSLINE_ESL="127.0.0.1:9001"
    )
    assert settings.paper_name == "Echo"
    assert settings.esl == Address("127.0.0.1", 9001)


def test_phones_can_be_given_in_one_line_or_in_a_table(tmp_path: Path) -> None:
    assert load_with(tmp_path, PRESSLINE_PHONES="200=Desk, 201").phones == {
        "200": "Desk",
        "201": "201",
    }
    assert load_with(tmp_path, '[phones]\n"200" = "Desk"').phones == {"200": "Desk"}


def test_every_odd_setting_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        load_with(
            tmp_path,
            'currency = "euros"',
            PRESSLINE_SWITCH="asterisk",
            PRESSLINE_ESL="nowhere",
            PRESSLINE_RTP_PORTS="9-1",
            PRESSLINE_TIME_ZONE="Mars/Olympus",
            PRESSLINE_COLOUR="blue",
        )
    faults = refused.value.faults
    assert len(faults) == 6
    assert any(f.startswith("PRESSLINE_SWITCH: 'asterisk' is refused") for f in faults)
    assert any("expected host:port, for instance" in f for f in faults)
    assert any("PRESSLINE_COLOUR: there is no such setting" in f for f in faults)
    assert any("pressline.toml: currency" in f for f in faults)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"pressline\.toml: cannot be read as TOML"):
        load_with(tmp_path, "paper_name = ")


def test_a_password_is_never_repeated(tmp_path: Path) -> None:
    settings = load_with(tmp_path, PRESSLINE_ESL_PASSWORD="hush")
    assert settings.esl_password.get_secret_value() == "hush"
    assert "hush" not in repr(settings)
    with pytest.raises(SettingsInvalid) as refused:
        load_with(tmp_path, 'esl_password = ["hush"]')
    assert "hush" not in str(refused.value)


def test_secrets_are_made_once_and_only_for_the_owner(tmp_path: Path) -> None:
    first = load_secrets(tmp_path, ["200"])
    again = load_secrets(tmp_path, ["200", "201"])
    assert again.esl_password == first.esl_password
    assert again.phones["200"] == first.phones["200"] != again.phones["201"]
    assert stat.S_IMODE((tmp_path / "secrets.toml").stat().st_mode) == 0o600
    assert first.esl_password not in repr(first)


def test_secrets_that_others_can_read_are_refused(tmp_path: Path) -> None:
    load_secrets(tmp_path)
    (tmp_path / "secrets.toml").chmod(0o644)
    with pytest.raises(SettingsInvalid, match="chmod 600"):
        load_secrets(tmp_path)


def test_a_broken_secrets_file_is_not_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text("esl_pass")
    with pytest.raises(SettingsInvalid, match="mend it, or remove it"):
        load_secrets(tmp_path)
    assert (tmp_path / "secrets.toml").read_text() == "esl_pass"


def test_the_page_of_settings_is_true() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m appliance.settings_page"


def test_every_setting_says_what_it_means() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []
