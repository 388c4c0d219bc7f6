"""Questions of other processes to the callbox, over each switch's bus."""

from collections.abc import Iterator

import gevent
import pytest

from appliance.asking import ASK, Asked, ask
from appliance.errors import BoxSilent, WishRefused
from appliance.settings import Address, Settings
from esl.switch import Switch as Connection
from lines.errors import LinesError
from tests.contract.rooms import until
from tests.switches import Switch


@pytest.fixture
def asked(switch: Switch) -> Iterator[Asked]:
    """The callbox's side, connected."""
    host, port = switch.esl
    connection = Connection(
        (host, port),
        switch.password,
        subscriptions=[ASK],
        on_event=lambda event: made.on_event(event),
        on_resync=lambda rows: None,
    )
    made = Asked(connection.send_event)
    connection.start()
    until(lambda: connection.state.status == "connected", lambda: connection.state.reason)
    yield made
    connection.stop()


@pytest.fixture
def settings(switch: Switch) -> Settings:
    return Settings(esl=Address(*switch.esl), esl_password=switch.password)


def test_an_answer_comes_back_whole(asked: Asked, settings: Settings) -> None:
    asked.register("rooms.say", lambda room, words: {"room": room, "words": words})
    words = "Grüße\nund ein 你好 {}" * 100
    assert ask(settings, "rooms.say", room="a", words=words) == {"room": "a", "words": words}


def test_each_of_many_askers_gets_its_own_answer(asked: Asked, settings: Settings) -> None:
    asked.register("double", lambda number: 2 * number)
    asking = [gevent.spawn(ask, settings, "double", number=number) for number in range(5)]
    gevent.joinall(asking)
    assert [one.value for one in asking] == [2 * number for number in range(5)]


def test_what_is_refused_is_told_in_its_own_words(asked: Asked, settings: Settings) -> None:
    def refuse() -> None:
        raise LinesError("the room is locked")

    asked.register("refuse", refuse)
    with pytest.raises(WishRefused, match="the room is locked"):
        ask(settings, "refuse")
    with pytest.raises(WishRefused, match="knows no 'dance'"):
        ask(settings, "dance")


def test_a_handler_that_breaks_harms_nobody(asked: Asked, settings: Settings) -> None:
    asked.register("break", lambda: 1 / 0)
    asked.register("double", lambda number: 2 * number)
    with pytest.raises(WishRefused, match="ZeroDivisionError"):
        ask(settings, "break")
    with pytest.raises(WishRefused, match="unexpected keyword"):
        ask(settings, "double", nonsense=1)
    assert ask(settings, "double", number=4) == 8


def test_rubbish_on_the_bus_is_left_alone(asked: Asked, settings: Settings) -> None:
    asked.register("double", lambda number: 2 * number)
    for body in ("", "no json", "[]", '{"id": 1}', "[" * 10_000):
        asked._send(ASK, {}, body)
    assert ask(settings, "double", number=4) == 8


def test_a_box_that_does_not_answer_is_told_as_such(
    switch: Switch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.asking.ANSWER_LIMIT", 0.2)
    with pytest.raises(BoxSilent, match="is it running"):
        ask(settings, "double", number=4)


def test_without_a_switch_nothing_is_asked() -> None:
    with pytest.raises(BoxSilent, match="not running"):
        ask(Settings(esl=Address("127.0.0.1", 1), esl_password="x"), "double", number=4)
