"""Questions that came outside the hour: heard, answered, and called back with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lines.callbacks.calling import Caller
from lines.callbacks.due import Over
from lines.errors import AnswerGone
from lines.experts import answers, late_listing, programme
from lines.experts.answers import Taken
from lines.experts.late import Folders, LateQuestions
from lines.experts.owing import INSIDE, MOST_ROUNDS, NO_NUMBER, Owing
from lines.experts.ports import LineFacts
from lines.experts.tidying import tidy
from lines.outgoing import Outcome
from store.fields import now as present
from store.models import Callback, LateAnswer, Mailbox, Message, Recording
from store.models.message import MessageState
from tests.lines.experts.planned import NOW, ZONE, make, make_line
from tests.lines.houses import LOCAL, PREMIUM, dialling_of, rows, set_rules

SOUND = b"RIFF" + b"\0" * 4000


@pytest.fixture(autouse=True)
def house(store: str) -> None:
    make()
    Mailbox.create(name="questions", title="Questions")
    make_line("garden", mailbox="questions", callback_hours={"mon-sun": "00:00-24:00"})
    set_rules(rules={"home": {"to": ["+49*"]}})


@pytest.fixture
def late(tmp_path: Path) -> LateQuestions:
    folders = Folders(tmp_path / "voicemail", tmp_path / "recordings")
    return LateQuestions(folders, Owing(dialling_of(), ZONE), ZONE)


def ask(id: str = "m1", number: str = LOCAL, **facts: Any) -> str:
    given = {
        "box": "questions",
        "state": MessageState.NEW,
        "started_at": NOW + timedelta(minutes=int(id[1:])),
        "seconds": 6.0,
        "path": f"{id}.wav",
        "caller_number": number,
        "language": "yue",
        **facts,
    }
    Message.create(id=id, **given)
    return id


def line(name: str = "garden") -> LineFacts:
    found = programme.now(ZONE, name, NOW)
    assert found is not None
    return found.line


def draft(late: LateQuestions, question: str, name: str = "garden") -> Path:
    found = late.draft(line(name), question)
    assert found is not None
    return found


def answer(late: LateQuestions, question: str) -> str:
    """The id of an answer that was recorded and sent."""
    path = draft(late, question)
    path.write_bytes(SOUND)
    taken = Taken(path.stem, 12.5, "Doctor Storm")
    answers.keep(late.folders.recordings, late.owing, path, taken)
    return path.stem


def row_of(answer: str) -> LateAnswer:
    found: LateAnswer = LateAnswer.get_by_id(answer)
    return found


def test_questions_are_heard_the_oldest_first(late: LateQuestions) -> None:
    for id in ("m3", "m1", "m2"):
        ask(id)
    ask("m4", box="desk")
    ask("m5", state=MessageState.DELETED)
    ask("m6", state=MessageState.RECORDING, path="")
    assert [question.message for question in late.waiting(line())] == ["m1", "m2", "m3"]


def test_a_line_without_a_mailbox_has_no_questions(late: LateQuestions) -> None:
    ask(box="")
    assert late.waiting(line("science")) == []


def test_a_question_is_told_in_the_papers_time_and_with_its_file(late: LateQuestions) -> None:
    ask()
    (question,) = late.waiting(line())
    assert question.started_at.hour == 12
    assert question.path == late.folders.voicemail / "m1.wav"
    assert question.callback_number == LOCAL
    assert question.refused == ""


def test_the_number_that_the_caller_gave_counts(late: LateQuestions) -> None:
    ask(callback_number="+493087654321")
    assert late.waiting(line())[0].callback_number == "+493087654321"


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"number": PREMIUM}, "no rule names this premium number exactly"),
        ({"callback_number": PREMIUM}, "no rule names this premium number exactly"),
        ({"number": "", "withheld": True}, NO_NUMBER),
        ({"withheld": True}, NO_NUMBER),
        ({"number": "sip:x@evil"}, NO_NUMBER),
        ({"callback_number": "200"}, INSIDE),
    ],
)
def test_who_may_not_be_called_back_is_told_before_an_answer_is_recorded(
    late: LateQuestions, facts: dict[str, Any], why: str
) -> None:
    ask(**facts)
    assert late.waiting(line())[0].refused == why


def test_a_desk_phone_that_asked_itself_is_called_back(late: LateQuestions) -> None:
    ask(number="200")
    assert late.waiting(line())[0].refused == ""


def test_an_answer_is_brought_to_its_place_and_its_asker_is_owed_a_call(
    late: LateQuestions,
) -> None:
    ask()
    kept = row_of(answer(late, "m1"))
    assert (late.folders.recordings / kept.path).read_bytes() == SOUND
    assert (kept.state, kept.seconds, kept.answered_by) == ("kept", 12.5, "Doctor Storm")
    call = Callback.get_by_id(kept.callback)
    assert (call.flow, call.given) == ("pressline-answer", {"answer": kept.id})
    assert (call.number, call.language) == (LOCAL, "yue")
    assert call.hours == {"mon-sun": "00:00-24:00"}
    assert Recording.get().path == kept.path
    assert late.waiting(line()) == []


def test_askers_are_called_by_day_where_the_line_says_nothing_else(late: LateQuestions) -> None:
    ask()
    path = draft(late, "m1", "science")
    path.write_bytes(SOUND)
    answers.keep(late.folders.recordings, late.owing, path, Taken(path.stem, 2.0, ""))
    assert Callback.get().hours == {"mon-sun": "09:00-20:00"}


def test_an_answer_to_a_premium_number_is_kept_but_nobody_is_called(late: LateQuestions) -> None:
    ask(number=PREMIUM)
    kept = row_of(answer(late, "m1"))
    assert kept.callback is None
    assert Callback.select().count() == 0
    assert [row.number for row in rows()] == [PREMIUM]
    (listed,) = late_listing.listed(late.owing)
    assert listed.note == "nobody is called: no rule names this premium number exactly"


def test_a_question_whose_answer_was_never_sent_waits_on(late: LateQuestions) -> None:
    ask()
    first = draft(late, "m1")
    first.write_bytes(SOUND)
    assert [question.message for question in late.waiting(line())] == ["m1"]
    second = draft(late, "m1")
    assert second != first
    assert not first.exists()


def test_a_crash_between_file_and_row_leaves_the_question_open(late: LateQuestions) -> None:
    ask()
    path = draft(late, "m1")
    path.write_bytes(SOUND)

    class Crashing(Owing):
        def enter(self, answer: LateAnswer, after: float = 0.0) -> None:
            raise SystemExit

    crashing = Crashing(dialling_of(), ZONE)
    with pytest.raises(SystemExit):
        answers.keep(late.folders.recordings, crashing, path, Taken(path.stem, 2.0, ""))
    assert [question.message for question in late.waiting(line())] == ["m1"]
    assert Recording.select().count() == 0
    answer(late, "m1")
    assert len(list(late.folders.recordings.rglob("*.wav"))) == 1


def test_what_was_answered_is_not_answered_again(late: LateQuestions) -> None:
    ask()
    kept = answer(late, "m1")
    assert late.draft(line(), "m1") is None
    late.drop(line(), "m1")
    assert row_of(kept).state == "kept"


def test_an_answer_is_kept_once(late: LateQuestions) -> None:
    ask()
    kept = answer(late, "m1")
    with pytest.raises(AnswerGone):
        answers.keep(late.folders.recordings, late.owing, Path("x"), Taken(kept, 1.0, ""))


def test_a_question_that_was_dropped_is_not_heard_again_and_its_message_stays(
    late: LateQuestions,
) -> None:
    ask()
    late.drop(line(), "m1")
    assert late.waiting(line()) == []
    assert Message.get_by_id("m1").state == MessageState.NEW
    assert late.draft(line(), "m1") is None


def test_the_call_back_finds_the_answer_and_its_question(late: LateQuestions) -> None:
    ask()
    kept = answer(late, "m1")
    (found,) = answers.found(late.folders, kept)
    assert found.path.read_bytes() == SOUND
    assert found.question == late.folders.voicemail / "m1.wav"
    assert (found.seconds, found.question_seconds) == (12.5, 6.0)


@pytest.mark.parametrize("asked", ["", "x", "'; drop table", "m1"])
def test_an_answer_that_was_made_up_is_not_found(late: LateQuestions, asked: str) -> None:
    assert answers.found(late.folders, asked) == ()


def test_an_answer_whose_file_is_gone_is_not_found(late: LateQuestions) -> None:
    ask()
    kept = answer(late, "m1")
    (late.folders.recordings / row_of(kept).path).unlink()
    assert answers.found(late.folders, kept) == []


def test_two_answers_to_one_asker_come_in_one_call(late: LateQuestions) -> None:
    ask("m1")
    ask("m2")
    first, second = answer(late, "m1"), answer(late, "m2")
    assert Callback.select().count() == 1
    (call,) = Callback.select()
    assert [one.id for one in answers.found(late.folders, call.given["answer"])] == [second, first]


def call_and_hang_up(late: LateQuestions) -> None:
    """The callback is taken; whether it was heard only `answers.heard` tells."""
    at = Callback.select().order_by(Callback.id.desc()).get().next_at
    caller = Caller(dialling_of(), ZONE, "life")
    (due,) = caller.take(5, at)
    caller.over(due.id, Over(Outcome.ANSWERED), at)


def test_who_hears_the_answer_to_its_end_is_not_called_again(late: LateQuestions) -> None:
    ask()
    kept = answer(late, "m1")
    answers.heard(kept)
    call_and_hang_up(late)
    assert late.owing.enter_again(present() + timedelta(days=1)) == 0
    assert row_of(kept).state == "heard"


def test_who_hangs_up_before_the_end_is_called_again_but_not_for_ever(late: LateQuestions) -> None:
    ask()
    kept = answer(late, "m1")
    for _ in range(MOST_ROUNDS - 1):
        call_and_hang_up(late)
        assert late.owing.enter_again(present() + timedelta(days=1)) == 1
    call_and_hang_up(late)
    assert late.owing.enter_again(present() + timedelta(days=1)) == 0
    assert Callback.select().count() == MOST_ROUNDS
    (listed,) = late_listing.listed(late.owing)
    assert listed.state == "answered"
    assert "done though not heard to the end" in listed.note
    assert row_of(kept).state == "kept"


def test_while_the_call_is_still_owed_no_other_is_entered(late: LateQuestions) -> None:
    ask()
    answer(late, "m1")
    assert late.owing.enter_again(present() + timedelta(days=1)) == 0


def test_what_was_recorded_and_never_sent_goes_after_a_day(late: LateQuestions) -> None:
    ask("m1")
    ask("m2")
    unsent = draft(late, "m1")
    unsent.write_bytes(SOUND)
    sent = row_of(answer(late, "m2"))
    assert tidy(late.folders, present()) == 0
    assert tidy(late.folders, present() + timedelta(days=2)) == 1
    assert not unsent.exists()
    assert (late.folders.recordings / sent.path).exists()
    assert [question.message for question in late.waiting(line())] == ["m1"]


def test_the_list_tells_what_became_of_each(late: LateQuestions) -> None:
    for id in ("m1", "m2", "m3"):
        ask(id)
    ask("m4", number=PREMIUM)
    late.drop(line(), "m1")
    answer(late, "m2")
    found = late_listing.listed(late.owing, "garden")
    assert [(one.message, one.state) for one in found] == [
        ("m4", "waiting"), ("m3", "waiting"), ("m2", "answered"), ("m1", "dropped"),
    ]  # fmt: skip
    assert found[0].note.startswith("cannot be answered: no rule names this premium")
    assert found[2].note.startswith("call-back ")
