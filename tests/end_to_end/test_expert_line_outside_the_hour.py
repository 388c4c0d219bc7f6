"""A question outside the hour, from the caller's words to the answer that is called back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest

from appliance.settings import load
from ivr_flows.number_words import SAME_OR_OTHER
from ivr_flows.speaking import FILTERS
from lines.experts import records, sessions
from lines.experts.entry import checked_line, checked_session
from lines.experts.owing import FLOW
from lines.experts.signing_in import new_pins
from lines.experts.talk.moments import told
from lines.experts.talk.staff_words import (
    ASK_PIN,
    CHOICES,
    CHOICES_NO_ANSWER,
    DROPPED,
    QUESTION,
    REVIEW,
    SENT,
    SPEAK,
    THE_ANSWER,
    YOU_ASKED,
)
from lines.experts.talk.words import LEAVE, NOT_NOW, TOPIC
from store.database import writing
from store.models import Callback, Mailbox, Message
from tests.contract.phone import Manners, Phone
from tests.end_to_end.callers import call
from tests.end_to_end.ear import Ear
from tests.end_to_end.expert_hours import FLOWS, STAFF
from tests.end_to_end.house import LOCAL, PREMIUM, ROUTES, House, house, phone_at
from tests.end_to_end.leaving import speak
from tests.end_to_end.mailboxes import CANCEL, LATE, TIP, opened, part
from tests.end_to_end.waiting import eventually
from tests.listening import Samples
from tests.phones import PhoneMaker

__all__ = ["house"]

pytestmark = pytest.mark.timeout(400)

LINE = "620"
TAKE_IT = "To take this call, press 1."
RINGS = Manners(status=None)
LIMIT = 90.0
ASKED, ANSWERED = part(TIP, 4.0), part(CANCEL, 4.0)


@dataclass
class Evening:
    """A line with a session tomorrow."""

    house: House
    phones: PhoneMaker
    pin: str
    starts_at: datetime
    line: str = LINE

    def rings(self, number: str, before: str = "") -> Ear:
        return Ear(call(self.phones(number), self.house.box, before + self.line), self.house.spoken)

    def late(self) -> str:
        return self.house.box.done("experts", "late", "--line", f"line-{self.line}")

    def forget(self) -> None:
        """What other tests have asked."""
        with opened(self.house.box.home), writing():
            Callback.delete().where(Callback.flow == FLOW).execute()
            Message.delete().where(Message.box == f"questions-{LINE}").execute()

    def call_backs(self) -> list[str]:
        """The states of those that are owed, or were."""
        sql = "SELECT state FROM callback WHERE flow = ?"
        return [state for (state,) in self.house.box.ledger.ask(sql, FLOW)]


@pytest.fixture(scope="module")
def venue(house: House) -> tuple[House, str, datetime]:
    routes = [{"number": "62*", "flow": "ask"}, {"number": "9*", "flow": "staff"}]
    house.person(LINE, phone_at("200"), title="Doctor Storm")
    zone = load(house.box.environment).time_zone
    tomorrow = datetime.now(zone).date() + timedelta(days=1)
    starts_at = datetime.combine(tomorrow, time(19), zone)
    with opened(house.box.home):
        Mailbox.create(name=f"questions-{LINE}", title="Questions")
        hours = {"mon-sun": "00:00-24:00"}
        records.create(
            checked_line(name=f"line-{LINE}", mailbox=f"questions-{LINE}", callback_hours=hours)
        )
        session = sessions.schedule(
            checked_session(
                line=f"line-{LINE}",
                topic="The stars",
                expert=f"person-{LINE}",
                starts_at=starts_at,
            )
        )
        pin = new_pins(session).expert
    house.write(routes=[*ROUTES, *routes])
    house.box.reloaded_by("publish", str(FLOWS))
    return house, pin, starts_at


@pytest.fixture
def evening(venue: tuple[House, str, datetime], phones: PhoneMaker) -> Iterator[Evening]:
    house, pin, starts_at = venue
    made = Evening(house, phones, pin, starts_at)
    made.forget()
    yield made


def leave_question(evening: Evening, number: str, said: Samples, key: str = "1") -> None:
    """Hears when the next hour is, and asks; to be called back by what `key` says."""
    ear = evening.rings(number)
    next_one = told(evening.starts_at, datetime.now(evening.starts_at.tzinfo), "en")
    ear.hears(NOT_NOW["en"], next_one, TOPIC["en"], "The stars", LEAVE["en"]).press("1")
    speak(ear.phone, said, ear.at)
    ear.press("#").hears(SAME_OR_OTHER["en"]).press(key)
    if key != "1":
        ear.hears("If that is right, press 1.").press("1")
    ear.phone.wait_end(LIMIT)
    eventually(lambda: "waiting" in evening.late(), "the question waits", LIMIT)


def expert(evening: Evening) -> Ear:
    """Has keyed the PIN, and hears the first question."""
    ear = evening.rings("5556299", STAFF).hears(ASK_PIN["en"]).press(f"{evening.pin}#")
    return ear.hears(QUESTION["en"].format(number=FILTERS["number"](1, "en")))


def give_answer(ear: Ear, said: Samples) -> None:
    ear.hears(CHOICES["en"]).press("1").hears(SPEAK["en"])
    speak(ear.phone, said, ear.at)
    ear.press("#").hears(REVIEW["en"]).press("1").hears(SENT["en"])


def takes_the_call(evening: Evening, trunk: Phone) -> Ear:
    trunk.wait_invite(LIMIT)
    trunk.pick_up()
    trunk.wait_answer(LIMIT)
    return Ear(trunk, evening.house.spoken).hears(TAKE_IT, limit=LIMIT).press("1")


def test_a_question_is_answered_and_the_answer_called_back(
    evening: Evening, phones: PhoneMaker
) -> None:
    trunk = phones("trunk", RINGS)
    evening.house.trunks(trunk)
    leave_question(evening, LOCAL, ASKED)
    ear = expert(evening).hears_sound(ASKED, "the question", LIMIT)
    give_answer(ear, ANSWERED)
    ear.phone.hang_up()
    asker = takes_the_call(evening, trunk)
    assert f"sip:{LOCAL}@" in trunk.wait_invite()["To"]
    asker.hears(YOU_ASKED["en"], limit=LIMIT).hears_sound(ASKED, "the own question", LIMIT)
    asker.hears(THE_ANSWER["en"]).hears_sound(ANSWERED, "the answer", LIMIT)
    eventually(lambda: "  heard  " in evening.late(), "the answer was heard", LIMIT)
    trunk.wait_end(LIMIT)
    eventually(lambda: evening.call_backs() == ["done"], "nobody is called again", LIMIT)


def test_who_hangs_up_before_the_end_has_not_heard_the_answer(
    evening: Evening, phones: PhoneMaker
) -> None:
    trunk = phones("trunk", RINGS)
    evening.house.trunks(trunk)
    leave_question(evening, LOCAL, ASKED)
    give_answer(expert(evening), part(LATE, 8.0))
    takes_the_call(evening, trunk).hears(THE_ANSWER["en"], limit=LIMIT)
    trunk.hang_up()
    eventually(lambda: "though not heard to the end" in evening.late(), "it was not heard", LIMIT)


def test_a_premium_number_is_never_called_back_and_the_expert_knows(evening: Evening) -> None:
    leave_question(evening, LOCAL, ASKED, "09001234567#")
    assert "cannot be answered: no rule names this premium number exactly" in evening.late()
    ear = expert(evening).hears(CHOICES_NO_ANSWER["en"], limit=LIMIT)
    ear.press("1").hears(CHOICES_NO_ANSWER["en"]).press("4").hears(DROPPED["en"])
    assert evening.call_backs() == []
    assert not any(line.startswith(f"{PREMIUM} premium callback") and "settled" in line
                   for line in evening.house.log())  # fmt: skip
