"""`reloadxml` has the embedded switch take up its file anew, as FreeSWITCH does."""

import asyncio
from pathlib import Path

from softswitch.settings import read_settings
from softswitch.switch import Switch

BEFORE = '[sip]\nusers = {"200" = "a"}\n[event_socket]\npassword = "p"\n'
AFTER = BEFORE.replace('"200" = "a"', '"300" = "b"') + (
    '[[extension]]\nmatch = "^9$"\nactions = [["answer", ""]]\n'
)


def read_again(tmp_path: Path, text: str) -> tuple[Switch, str]:
    async def told() -> tuple[Switch, str]:
        file = tmp_path / "switch.toml"
        file.write_text(BEFORE)
        switch = Switch(read_settings(file), file)
        file.write_text(text)
        return switch, str(await switch.run_api("reloadxml"))

    return asyncio.run(told())


def test_users_and_dialplan_are_taken_up(tmp_path: Path) -> None:
    switch, answer = read_again(tmp_path, AFTER)
    assert answer == "+OK [Success]\n"
    assert switch.registrar.knows("300") and not switch.registrar.knows("200")
    assert switch.dialplan is not switch.settings.dialplan


def test_a_file_with_a_mistake_changes_nothing(tmp_path: Path) -> None:
    switch, answer = read_again(tmp_path, AFTER + "[sip\n")
    assert answer.startswith("-ERR [") and "switch.toml" in answer
    assert switch.registrar.knows("200") and switch.dialplan is switch.settings.dialplan
