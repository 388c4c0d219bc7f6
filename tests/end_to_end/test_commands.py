"""The commands that need no call: check, simulate, doctor, settings."""

import pytest

from tests.end_to_end.box import OURS, Box

FLOWS = OURS.parent.parent / "examples" / "daily" / "flows"
THREE = OURS.parent / "flows" / "bad" / "three_mistakes.yaml"


def test_check_tells_all_three_mistakes_of_a_file_each_with_its_place(box: Box) -> None:
    checked = box.command("check", str(THREE))
    assert checked.returncode == 1
    places = [line for line in checked.stdout.splitlines() if line.startswith(f"{THREE}:")]
    assert len(places) == 3, checked.stdout
    assert len(set(places)) == 3


def test_check_passes_the_examples_and_counts_their_test_calls(box: Box) -> None:
    checked = box.done("check", str(FLOWS))
    assert checked.count("test calls passed") == len(list(FLOWS.glob("*.yaml")))
    assert "flow main: " in checked


def test_simulate_shows_what_a_caller_would_hear(box: Box) -> None:
    found = "subscription={name: Ann, title: the Daily, ends_on: 2027-05-03}"
    shown = box.done(
        "simulate", str(FLOWS / "subscription.yaml"), "--keys", "1234#", "--with", found
    )
    said = "Dear Ann, the Daily comes to you until Monday, the third of May, twenty twenty-seven."
    assert said in shown
    assert shown.splitlines()[-1] == "finished"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "nowhere.yaml"), "nowhere.yaml"),
        (("simulate", str(FLOWS / "main.yaml"), "--with", "subscription"), "subscription=empty"),
        (("simulate", str(FLOWS / "main.yaml"), "--keys", "1x"), "1x"),
        (("rollback", "nothing"), "nothing"),
        (("call", "100", "--keys", "1 12x"), "12x"),
        (("call", "100", "--server", "127.0.0.1:1", "--limit", "1"), "Not answered"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_without_a_traceback(
    box: Box, words: tuple[str, ...], told: str
) -> None:
    refused = box.command(*words)
    assert refused.returncode != 0
    assert told in refused.stdout
    assert "Traceback" not in refused.stdout


def findings(output: str) -> dict[str, str]:
    """Each finding's mark by its name."""
    lines = (line.split(maxsplit=1) for line in output.splitlines() if line[:1] in "✓✗")
    return {words.partition(":")[0]: mark for mark, words in lines}


def test_doctor_finds_a_running_box_well(box: Box) -> None:
    marks = findings(box.done("doctor"))
    assert {"switch", "callbox", "worker", "store", "speech", "flows"} <= marks.keys()
    assert set(marks.values()) == {"✓"}


def test_doctor_tells_a_newcomer_what_to_do(own_box: Box) -> None:
    found = own_box.command("doctor")
    assert found.returncode == 1
    assert "`pressline demo` makes one" in found.stdout
    assert "Traceback" not in found.stdout
    assert not own_box.home.exists()


def test_doctor_finds_secrets_that_others_can_read(own_box: Box) -> None:
    own_box.done("demo")
    own_box.done("phones")
    secrets = own_box.home / "secrets.toml"
    secrets.chmod(0o644)
    found = own_box.command("doctor")
    assert found.returncode == 1
    assert f"chmod 600 {secrets}" in found.stdout
    assert findings(found.stdout)["secrets"] == "✗"
    refused = own_box.command("up")
    assert refused.returncode == 1
    assert f"chmod 600 {secrets}" in refused.stdout
    assert "Traceback" not in refused.stdout + found.stdout
