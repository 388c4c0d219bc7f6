"""The product brings no password with it: each box makes its own."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.dialplan import softswitch_settings
from appliance.secrets_file import Secrets, load_secrets
from appliance.settings import load

ROOT = Path(__file__).parents[2]
SHIPPED = ("provisioning", "examples", "appliance", "softswitch", "admin/templates", "Makefile")
"""What is installed; tests and benches have passwords of their own."""
TEXTS = (".py", ".sh", ".toml", ".yaml", ".xml", ".j2", ".html", ".conf", ".service", "Makefile")
GIVEN = re.compile(
    r"""(?ix) (?<![a-z]) (?:password|passwd|secret|pin) ["']? \s* [:=] \s* (?: value= \s* )?
    ["'] (?P<value> [^"'{}$<>\s]{3,}) ["']"""
)
"""A password that is written out, in any of the languages of these files."""
KNOWN = re.compile(r"(?i)cluecon|changeme|letmein|\badmin/admin\b")
NO_PASSWORDS = {
    "password", "password-hash", "secret", "secrets", "hidden", "current-password", "new-password",
}  # fmt: skip
"""Words that stand there and name something: a field, an action, a kind. In capitals it is the name
of a variable of the environment."""


def shipped() -> Iterator[Path]:
    listed = subprocess.check_output(["git", "ls-files", *SHIPPED], cwd=ROOT, text=True)
    for name in listed.splitlines():
        if name.endswith(TEXTS) and (ROOT / name).is_file():
            yield ROOT / name


def test_no_file_of_the_product_holds_a_known_password() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in shipped()
        for match in GIVEN.finditer(path.read_text(encoding="utf-8"))
        if match["value"] not in NO_PASSWORDS and not match["value"].isupper()
    ]
    assert found == []


def test_known_words_stand_only_where_they_are_refused_or_greeted_with() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in shipped()
        if KNOWN.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {
        "appliance/dangers.py",  # refuses it
        "softswitch/eventsocket/connection.py",  # FreeSWITCH's good-bye
    }


@pytest.mark.parametrize(
    "text",
    ['password = "s3same"', "password: 's3same'", 'PIN="4711"', '"secret": "s3same"'],
)
def test_a_password_that_is_written_out_would_be_noticed(text: str) -> None:
    assert GIVEN.search(text)


def test_two_boxes_have_no_secret_in_common(tmp_path: Path) -> None:
    one, other = (load_secrets(tmp_path / name, ["200", "201"]) for name in ("one", "other"))
    assert not values(one) & values(other)
    assert all(len(value) >= 16 for value in values(one))
    assert len(values(one)) == 5


def values(secrets: Secrets) -> set[str]:
    return {secrets.esl_password, secrets.links, secrets.store, *secrets.phones.values()}


def test_the_switchs_settings_hold_the_boxs_own_secrets_and_no_others(tmp_path: Path) -> None:
    settings = load({"PRESSLINE_HOME": str(tmp_path), "PRESSLINE_PHONES": "200=Desk"})
    secrets = load_secrets(tmp_path, settings.phones)
    made = tomllib.loads(softswitch_settings(settings, secrets, tmp_path / "notice.wav"))
    assert made["event_socket"]["password"] == secrets.esl_password
    assert made["sip"]["users"] == secrets.phones
