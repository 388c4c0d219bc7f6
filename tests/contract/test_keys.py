"""Keys in both directions: RFC 4733, SIP INFO, and what the program is told."""

from tests.contract.client import Connection
from tests.contract.conftest import Leg


def keys_told(leg: Leg) -> list[str]:
    return [event["DTMF-Digit"] for event in leg.esl.seen if event.name == "DTMF"]


def test_a_key_pressed_while_parked_is_told_once(leg: Leg) -> None:
    leg.phone.press("5")
    told = leg.esl.event("DTMF")
    assert told["DTMF-Digit"] == "5"
    assert told["DTMF-Source"] == "RTP"
    assert told["Unique-ID"] == leg.uuid
    assert int(told["DTMF-Duration"]) > 400, "in samples: 100 ms were pressed"
    leg.esl.run("set", "a=b")
    assert keys_told(leg) == ["5"]


def test_a_key_event_carries_no_variables(leg: Leg) -> None:
    leg.phone.press("1")
    told = leg.esl.event("DTMF")
    assert not [name for name in told.headers if name.startswith("variable_")]


def test_the_same_key_twice_is_told_twice(leg: Leg) -> None:
    leg.phone.press("77")
    leg.esl.event("DTMF")
    leg.esl.event("DTMF")
    leg.esl.run("set", "a=b")
    assert keys_told(leg) == ["7", "7"]


def test_every_key_is_told_in_the_order_pressed(leg: Leg) -> None:
    keys = "0123456789*#ABCD"
    leg.phone.press(keys)
    leg.esl.event("DTMF", DTMF_Digit="D")
    assert "".join(keys_told(leg)) == keys


def test_a_key_by_sip_info_is_told_like_any_other(leg: Leg) -> None:
    leg.phone.press_by_info("6")
    assert leg.phone.wait_status(lambda status: status >= 200, "INFO").status == 200
    told = leg.esl.event("DTMF")
    assert told["DTMF-Digit"] == "6"
    assert told["DTMF-Source"] == "ENDPOINT"


def test_the_first_key_ends_a_sleep(leg: Leg) -> None:
    mark = leg.esl.start("sleep", "30000")
    leg.phone.press("2")
    done = leg.esl.finished(mark)
    assert done["Application"] == "sleep"
    leg.esl.event("DTMF", DTMF_Digit="2")


def test_a_sleep_with_no_key_lasts_as_asked(leg: Leg) -> None:
    assert leg.esl.run("sleep", "200")["Application-Response"] == "_none_"


def test_keys_sent_by_the_program_reach_the_caller_as_telephone_events(leg: Leg) -> None:
    leg.esl.run("send_dtmf", "45")
    leg.phone.line.wait_keys("45")


def test_keys_sent_from_another_connection_reach_the_caller(leg: Leg, inbound: Connection) -> None:
    answer = inbound.api(f"uuid_send_dtmf {leg.uuid} 12#")
    assert answer == f"+OK {leg.uuid} sent DTMF 12#.\n"
    leg.phone.line.wait_keys("12#")


def test_a_key_can_be_put_into_the_call(leg: Leg, inbound: Connection) -> None:
    answer = inbound.api(f"uuid_recv_dtmf {leg.uuid} 9")
    assert answer == f"+OK {leg.uuid} received DTMF 9.\n"
    told = leg.esl.event("DTMF")
    assert (told["DTMF-Digit"], told["DTMF-Source"]) == ("9", "APP")


def test_flushing_keys_completes_like_any_application(leg: Leg) -> None:
    assert leg.esl.run("flush_dtmf")["Application-Response"] == "_none_"
