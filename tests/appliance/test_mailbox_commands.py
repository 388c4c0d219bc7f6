"""`pressline mailboxes`, `messages` and `ledger`, as an administrator uses them."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.command import main
from appliance.home import Home
from ivr_flows.ports import Party
from store import database
from store.models import Delivery, Message, Transcript
from tests.ports import free_port
from tests.voicemail.sounds import speech, write_wav
from tests.voicemail.stored import make_message, state
from voicemail.boxes import find, sign_in
from voicemail.ports import Box, Pin

CALLER = Party("0301234567")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home with the mailbox `desk`; no switch is running."""
    home = Home(tmp_path / "home")
    monkeypatch.setenv("PRESSLINE_HOME", str(home.root))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    made = pressline("mailboxes", "add", "desk", "--title", "the desk", "--number", "801")
    assert made.exit_code == 0, made.output
    yield home
    database.disconnect()


def pressline(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def desk() -> Box:
    box = find("801")
    assert box is not None
    return box


def shown_pin(result: Result) -> str:
    found = re.search(r"PIN of desk is (\d{6})\. It is not shown again", result.output)
    assert found, result.output
    return found[1]


def test_a_home_without_mailboxes_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pressline("mailboxes", "remove", "desk")
    assert "`pressline mailboxes add` makes one" in pressline("mailboxes").output


def test_mailboxes_are_listed_with_their_counts() -> None:
    make_message(desk(), 1, urgent=True)
    make_message(desk(), 2, state="saved")
    assert pressline("mailboxes").output == "desk  801  1 new (1 urgent), 1 saved  the desk\n"


def test_a_new_pin_is_shown_once_and_lets_in() -> None:
    pin = shown_pin(pressline("mailboxes", "pin", "desk"))
    assert sign_in(desk(), pin, CALLER).outcome is Pin.RIGHT
    assert pin not in pressline("mailboxes").output


def test_a_pin_of_ones_own_is_not_shown_and_must_be_a_good_one() -> None:
    given = pressline("mailboxes", "pin", "desk", "--pin", "7294")
    assert given.output == "desk has the PIN that you gave.\n"
    refused = pressline("mailboxes", "pin", "desk", "--pin", "1234")
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: this PIN is too easy to guess; choose another\n",
    )
    assert sign_in(desk(), "7294", CALLER).outcome is Pin.RIGHT


def test_a_box_with_a_bad_pin_is_not_made_at_all() -> None:
    assert pressline("mailboxes", "add", "ann", "--pin", "1111").exit_code == 1
    assert find("ann") is None


def test_odd_facts_of_a_new_box_are_told_at_once() -> None:
    refused = pressline("mailboxes", "add", "Ann", "--number", "8 1", "--mail", "nobody")
    assert refused.exit_code == 1
    assert [line.split(":")[0] for line in refused.output.splitlines()] == [
        "Error",
        "numbers.0",
        "mail.0.to",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("mailboxes", "pin", "none"),
        ("mailboxes", "unlock", "none"),
        ("mailboxes", "remove", "none"),
        ("mailboxes", "greeting", "none", "busy", "--text", "x"),
        ("messages", "none"),
    ],
)
def test_a_box_that_does_not_exist_is_said_so(words: tuple[str, ...]) -> None:
    refused = pressline(*words)
    assert refused.exit_code == 1
    assert refused.output.startswith('Error: there is no mailbox "none"')


def test_a_locked_box_is_shown_and_opened() -> None:
    for number in range(3):
        sign_in(desk(), "0000", Party(str(number)))
    assert "locked until" in pressline("mailboxes").output
    assert pressline("mailboxes", "unlock", "desk").output == "desk is open.\n"
    assert pressline("mailboxes", "unlock", "desk").output == "desk was not locked.\n"
    assert "locked" not in pressline("mailboxes").output


def test_greetings_are_set_by_file_and_by_words(home: Home, tmp_path: Path) -> None:
    file = write_wav(tmp_path / "said.wav", speech(2))
    assert pressline("mailboxes", "greeting", "desk", "busy", str(file)).exit_code == 0
    assert len(list((home.voicemail / "greetings").iterdir())) == 1
    assert pressline("mailboxes", "greeting", "desk", "busy", "--text", "Gone.").exit_code == 0
    refused = pressline("mailboxes", "greeting", "desk", "busy")
    assert refused.output == "Error: expected either a sound file or --text\n"


def test_a_box_with_messages_is_removed_only_when_that_is_said() -> None:
    letter = make_message(desk(), 1)
    refused = pressline("mailboxes", "remove", "desk")
    assert (refused.exit_code, state(letter)) == (1, "new")
    assert pressline("mailboxes", "remove", "desk", "--with-messages").exit_code == 0
    assert find("desk") is None


def test_a_box_is_written_to_a_zip(home: Home, tmp_path: Path) -> None:
    make_message(desk(), 1, root=home.voicemail)
    done = pressline("mailboxes", "export", "desk", str(tmp_path / "desk.zip"))
    assert done.output == f"1 messages are in {tmp_path / 'desk.zip'}.\n"
    with zipfile.ZipFile(tmp_path / "desk.zip") as archive:
        assert len(archive.namelist()) == 3


def test_an_export_that_fails_leaves_the_file_before_it_alone(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("before")
    assert pressline("mailboxes", "export", "none", str(tmp_path / "x.zip")).exit_code == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.zip"]
    assert (tmp_path / "x.zip").read_text() == "before"


def test_messages_are_listed_and_shown(home: Home) -> None:
    letter = make_message(desk(), 1, caller_name="Ann\x1b[31m", callback_number="555")
    Transcript.create(message=letter, state="done", text="the road is closed", note="digits only")
    Delivery.create(
        message=letter, channel="mail", address="a@b.example", state="failed", error="refused"
    )
    listed = pressline("messages", "desk")
    assert letter in listed.output
    assert "\x1b" not in listed.output
    shown = pressline("messages", letter).output
    for told in ("555", "the road is closed", "digits only", "a@b.example: failed", "refused"):
        assert told in shown
    assert str(home.voicemail / "2026/11/21") in shown


def test_a_home_without_messages_says_so() -> None:
    assert pressline("messages").output == "No messages yet.\n"


def test_a_message_is_transcribed_and_sent_again_on_demand() -> None:
    letter = make_message(desk(), 1)
    Transcript.create(message=letter, state="failed", attempts=3)
    Delivery.create(message=letter, channel="mail", address="a@b.example", state="failed")
    Delivery.create(message=letter, channel="mail", address="c@d.example", state="sent")
    done = pressline("messages", letter, "--again", "--retry")
    assert done.output == "It is transcribed again.\n1 deliveries are tried again.\n"
    assert Transcript.get_by_id(letter).state == "waiting"
    assert [row.state for row in Delivery.select().order_by(Delivery.id)] == ["waiting", "sent"]
    refused = pressline("messages", "none", "--again")
    assert refused.exit_code == 1


def test_a_ledger_in_order_ends_well(home: Home) -> None:
    make_message(desk(), 1, root=home.voicemail)
    found = pressline("ledger")
    assert found.exit_code == 0
    assert found.output.startswith("1 messages and 0 greetings, 0 missing or changed, 0 files")


def test_a_ledger_with_a_loss_ends_with_one(home: Home) -> None:
    letter = make_message(desk(), 1, root=home.voicemail)
    path = home.voicemail / Message.get_by_id(letter).path
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(content)
    (home.voicemail / "notes.txt").write_text("x")
    found = pressline("ledger")
    assert found.exit_code == 1
    assert "another content  voicemail/2026/11/21/desk00001.wav  (desk00001)" in found.output
    assert "in no row  voicemail/notes.txt" in found.output
    assert pressline("ledger", "--quick").exit_code == 0


def test_the_paper_file_goes_in_and_out_with_its_mailboxes(tmp_path: Path) -> None:
    paper = tmp_path / "paper.yaml"
    paper.write_text('routes: [{number: "1", flow: x}]\nmailboxes: {tips: {numbers: ["802"]}}\n')
    taken = pressline("queries", "import", str(paper))
    assert "1 routes, 1 mailboxes" in taken.output
    given = pressline("queries", "export").output
    assert "tips:" in given
    paper.write_text("rutes: []\nmailboxes: {desk: {numbers: [x]}}\nsources: {a: 7}\n")
    refused = pressline("queries", "import", str(paper))
    assert refused.exit_code == 1
    assert len(refused.output.splitlines()) == 3


def test_the_demo_shows_each_pin_once() -> None:
    first = pressline("demo")
    assert first.exit_code == 0, first.output
    shown = r"mailbox tips \(802\): its PIN is \d{6}, which is not shown again"
    assert re.search(shown, first.output)
    assert "PIN" not in pressline("demo").output
