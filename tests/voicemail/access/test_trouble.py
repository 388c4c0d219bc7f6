"""What goes wrong: the mailroom is away, the caller is gone, nothing can be said or played."""

from collections.abc import Sequence

import pytest

from ivr_flows.languages import APOLOGY
from ivr_flows.ports import CallFailed, Heard, Prompt, SpeechFailed, SwitchLost
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import SimulatedSpeech
from ivr_flows.trace import RunEnd
from tests.voicemail.access.doubles import PIN, On, inside, listen, mailroom
from voicemail.access import line
from voicemail.access.words import actions, listening, menus, signing
from voicemail.ports import Folder
from voicemail.simulated_listening import letter

ERROR = ", on: {error: b}}\n  b: {say: Sorry."
"""A flow that knows what to do then."""

A_FULL_VISIT: Sequence[str | On] = (
    "1", "8", "7", "*", "2", "1", "*", "5", "1", "1", "2", "1", "2", "90817#", "90817#",
    "3", "1", "*", "1", "0", "1", "802#", "1", "1", "1", "0", "2", "1", "*", "3", "7", "*", "#",
)  # fmt: skip
"""Listens, saves, deletes, changes all that can be changed, forwards, calls back, undeletes."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("method", ["find", "sign_in", "counts", "letters"])
def test_without_the_mailroom_the_caller_hears_that_nothing_is_lost(
    method: str, language: str
) -> None:
    room = mailroom(language=language)
    room.away = {method}
    heard = inside("1", "#", room=room, language=language, then=ERROR)
    assert signing.AWAY[language] in heard.call.heard
    assert (heard.event, heard.run.trace[1].step) == ("error", "b")


def test_a_flow_without_a_way_out_of_the_error_still_apologises() -> None:
    room = mailroom()
    room.away = {"sign_in"}
    heard = inside(room=room)
    assert heard.call.heard[1:3] == [signing.AWAY["en"], APOLOGY["en"]]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("method", "key"), [("save", "8"), ("delete", "7")])
def test_what_could_not_be_saved_or_deleted_is_not_said_to_be(
    method: str, key: str, language: str
) -> None:
    room = mailroom(language=language)
    room.away = {method}
    heard = inside("1", key, "*", "#", room=room)
    assert listening.NOT_DONE[language] in heard.call.heard
    assert listening.SAVED[language] not in heard.call.heard
    assert listening.DELETED[language] not in heard.call.heard
    assert heard.ids(Folder.NEW) == ["m1", "m2", "m3"]
    assert (heard.event, heard.step.detail["deleted"]) == ("done", 0)


@pytest.mark.parametrize("key", ["7", "8"])
def test_what_could_not_be_undeleted_stays_deleted(key: str) -> None:
    room = mailroom()
    room.away = {"undelete"}
    heard = inside("1", "7", key, "*", "#", room=room)
    assert listening.NOT_DONE["en"] in heard.call.heard
    assert list(heard.desk.deleted) == ["m1"]
    assert heard.step.detail["deleted"] == 1


def test_that_a_message_was_heard_and_could_not_be_noted_is_not_worth_a_word() -> None:
    room = mailroom()
    room.away = {"heard"}
    heard = inside("1", "6", "*", "#", room=room)
    assert listening.NOT_DONE["en"] not in heard.call.heard
    assert (heard.event, heard.step.detail["not marked as heard"]) == ("done", "m1 | m2")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_visit_that_uses_everything(language: str) -> None:
    heard = inside(*A_FULL_VISIT, room=mailroom(language=language))
    assert heard.event == "done", heard.run.reason
    assert (heard.ids(Folder.NEW), heard.ids(Folder.SAVED)) == (["m2", "m3"], ["m1"])
    assert (heard.desk.pin, heard.desk.away) == ("90817", True)
    assert heard.call.heard[-1] == signing.GOODBYE[language]


def test_a_hang_up_at_every_moment_is_a_hang_up_and_marks_nothing_wrongly() -> None:
    """What was heard, saved and deleted then is what had been by then, and nothing else."""
    whole = inside(*A_FULL_VISIT)
    for tenths in range(0, int(whole.seconds * 10), 7):
        moment = tenths / 10
        heard = inside(*A_FULL_VISIT, hangs_up=moment)
        assert heard.event == "hangup", moment
        assert heard.run.end is not RunEnd.FAILED, moment
        began = {name for name in ("m1", "m2") if moment > whole.moments[f"[{name}]"] + 0.1}
        assert set(heard.desk.heard) & {"m1", "m2"} == began, moment
        kept = [*heard.ids(Folder.NEW), *heard.ids(Folder.SAVED), *heard.desk.deleted]
        assert sorted(kept) == ["m1", "m2", "m3"], moment
        assert heard.desk.pin in (PIN, "90817")


def test_a_hang_up_as_a_message_begins_has_heard_nothing() -> None:
    begins = inside("1", "*", "#").moments["[m1]"]
    assert inside("1", hangs_up=begins).desk.heard == []
    assert inside("1", hangs_up=begins + 1).desk.heard == ["m1"]


def test_a_hang_up_goes_where_the_flow_says() -> None:
    then = ", on: {hangup: b}}\n  b: {tag: gone"
    heard = inside("1", hangs_up=10.0, then=then)
    assert [record.step for record in heard.run.trace] == ["a", "b"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_message_whose_file_is_gone_is_said_and_the_others_are_played(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays = SimulatedCall.listen

    def listen_to(self: SimulatedCall, prompt: Prompt, start: float = 0.0) -> Heard:
        if prompt.path.name == "m1.wav":
            raise CallFailed("play", "FILE NOT FOUND")
        return plays(self, prompt, start)

    monkeypatch.setattr(SimulatedCall, "listen", listen_to)
    heard = inside("1", "6", "6", "6", "#", room=mailroom(language=language))
    assert heard.call.heard.count(listening.UNPLAYABLE[language]) == 1
    assert (heard.desk.heard, heard.event) == (["m2", "m3"], "done")


def test_a_comment_whose_file_is_gone_costs_the_comment_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plays = SimulatedCall.play

    def play(self: SimulatedCall, audio: Sequence[Prompt], *, barge_in: bool = True) -> None:
        if any("comment" in prompt.path.name for prompt in audio):
            raise CallFailed("play", "FILE NOT FOUND")
        plays(self, audio, barge_in=barge_in)

    monkeypatch.setattr(SimulatedCall, "play", play)
    first = letter(1)
    comment = first.path.with_name("comment.wav")
    forwarded = type(first)("m1", first.path, first.started_at, 20.0, first.caller, comment=comment)
    heard = inside("1", "*", "#", room=mailroom([forwarded]))
    assert (heard.played, heard.event) == ([("m1", 0)], "done")


@pytest.mark.parametrize("seconds", [0.0, 0.4, 3 * 3600.0])
def test_messages_of_any_length_are_played(seconds: float) -> None:
    heard = inside("1", "*", "#", room=mailroom([letter(1, seconds=seconds)]))
    assert (heard.desk.heard, heard.event) == (["m1"], "done")


def test_what_no_engine_can_say_is_left_out_and_messages_are_heard_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def says(self: SimulatedSpeech, text: str, language: str, voice: str = "") -> list[Prompt]:
        raise SpeechFailed("no engine")

    monkeypatch.setattr(SimulatedSpeech, "say", says)
    heard = inside("1", "5", "8", "*", "#")
    assert heard.call.heard == ["[m1]", "[m2]"]
    assert (heard.event, heard.ids(Folder.SAVED)) == ("done", ["m1"])


def test_a_switch_that_is_lost_ends_the_call_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*arguments: object) -> None:
        raise SwitchLost("end of file")

    monkeypatch.setattr(SimulatedCall, "listen", lost)
    heard = inside("1", "#")
    assert heard.run.end is RunEnd.LOST
    assert heard.desk.heard == []
    assert heard.step.detail["box"] == "desk"


def test_a_key_that_is_pressed_for_hours_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "MAX_SECONDS", 600.0)
    heard = inside("1", *["1"] * 200, then=ERROR)
    assert heard.event == "error"
    assert "too many hours" in heard.step.error


def test_a_row_of_keys_without_sense_does_no_harm() -> None:
    heard = listen(f"{PIN}#94*5ABC*0*99", "1" + "4" * 40 + "5D#*", "0#" * 30, "#")
    assert heard.event == "done"
    assert heard.ids(Folder.NEW) == ["m1", "m2", "m3"]
    assert actions.FORWARDED["en"] not in heard.call.heard
    assert menus.MAIN["en"] in heard.call.heard
