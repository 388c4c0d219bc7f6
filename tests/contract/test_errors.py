"""Each mistake on the Event Socket has its own answer, and the connection goes on."""

import pytest

from tests.contract.client import Connection

NO_UUID = "00000000-0000-0000-0000-000000000000"

COMMANDS = {
    "nosuchcommand": "-ERR command not found",
    "api": "-ERR command not found",
    "bgapi": "-ERR command not found",
    "event plain": "-ERR no keywords supplied",
    "event plain NO_SUCH_EVENT": "-ERR no keywords supplied",
    "event nosuchformat CHANNEL_ANSWER": "+OK event listener enabled plain",
    "event plain CUSTOM": "+OK event listener enabled plain",
    "event json CHANNEL_ANSWER": "+OK event listener enabled json",
    "filter": "-ERR command not found",
    "filter Unique-ID": "-ERR invalid syntax",
    "filter delete": "-ERR invalid syntax",
    "linger": "-ERR not controlling a session",
    "nolinger": "-ERR not controlling a session",
    "connect": "-ERR command not found",
    "getvar x": "-ERR command not found",
    "myevents": "-ERR command not found",
    "sendmsg": "-ERR invalid session id []",
    f"sendmsg {NO_UUID}\ncall-command: execute\nexecute-app-name: answer": (
        f"-ERR invalid session id [{NO_UUID}]"
    ),
    "nixevent": "-ERR no keywords supplied",
    "nixevent CHANNEL_ANSWER": "+OK events nixed",
    "noevents": "-ERR not listening for events",
    "log 3": "+OK log level 3 [3]",
    "nolog": "-ERR not loging",
    "divert_events on": "-ERR not controlling a session.",
    "resume": "-ERR command not found",
}

CALL_USAGE = (
    "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] "
    "[<cid_name>] [<cid_num>] [<timeout_sec>]\n"
)
NO_CHANNEL = "-ERR No such channel!\n"

APIS = {
    "nosuchapi": "-ERR nosuchapi Command not found!\n",
    "nosuchapi with words": "-ERR nosuchapi Command not found!\n",
    "originate": CALL_USAGE,
    "originate sofia/internal/1@127.0.0.1:5999": CALL_USAGE,
    "originate nosuch/1 &park": "-ERR CHAN_NOT_IMPLEMENTED\n",
    "originate user/1234@127.0.0.1 &park": "-ERR SUBSCRIBER_ABSENT\n",
    "originate user/201@127.0.0.1 &park": "-ERR USER_NOT_REGISTERED\n",
    "uuid_kill": "-USAGE: <uuid> [cause]\n",
    "uuid_kill bad": NO_CHANNEL,
    "uuid_bridge a": "-USAGE: <uuid> <other_uuid>\n",
    "uuid_bridge a b": "-ERR Invalid uuid\n",
    "uuid_transfer": "-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n",
    "uuid_transfer bad 100": NO_CHANNEL,
    "uuid_broadcast bad x.wav": "-ERR invalid uuid\n",
    "uuid_break bad": NO_CHANNEL,
    "uuid_record bad start /run/x.wav": "-ERR Cannot locate session!\n",
    "uuid_setvar": "-USAGE: <uuid> <var> [value]\n",
    "uuid_setvar bad a b": NO_CHANNEL,
    "uuid_getvar bad a": NO_CHANNEL,
    "uuid_send_dtmf bad 1": "-ERR Cannot locate session!\n",
    "uuid_exists bad": "false",
    "uuid_dump bad": NO_CHANNEL,
    "show channels": "\n0 total.\n",
    "show calls": "\n0 total.\n",
    "show channels as json": '{"row_count": 0}\n',
    "reloadxml": "+OK [Success]\n",
    "global_getvar domain": "127.0.0.1",
    "global_getvar nothing_like_it": "-ERR no reply\n",
    "echo hello  there": "hello  there",
    "eval ${domain}": "127.0.0.1",
    "conference list": "+OK No active conferences.\n",
    "conference nosuch list": "-ERR Conference nosuch not found\n",
    "hupall NORMAL_CLEARING": "+OK hangup all channels with cause NORMAL_CLEARING\n",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_out_of_place_is_answered(inbound: Connection, command: str) -> None:
    assert inbound.command(command).reply == COMMANDS[command]


@pytest.mark.parametrize("command", APIS)
def test_an_api_is_answered_to_the_letter(inbound: Connection, command: str) -> None:
    assert inbound.api(command) == APIS[command]


def test_an_api_answer_tells_its_length(inbound: Connection) -> None:
    frame = inbound.command("api uuid_exists bad")
    assert frame.wire == [("Content-Type", "api/response"), ("Content-Length", "5")]


def test_events_can_be_listened_to_no_longer_only_once(inbound: Connection) -> None:
    inbound.command("event plain CHANNEL_ANSWER")
    assert inbound.command("noevents").reply == "+OK no longer listening for events"
    assert inbound.command("noevents").reply == "-ERR not listening for events"


def test_an_unknown_api_in_the_background_is_reported_by_its_event(inbound: Connection) -> None:
    inbound.command("event plain BACKGROUND_JOB")
    reply = inbound.command("bgapi nosuchapi x")
    job = reply["Job-UUID"]
    assert reply.reply == f"+OK Job-UUID: {job}"
    done = inbound.event("BACKGROUND_JOB", Job_UUID=job)
    assert done["Job-Command"] == "nosuchapi"
    assert done["Job-Command-Arg"] == "x"
    assert done.text == "-ERR nosuchapi Command not found!\n"


def test_a_background_job_may_bring_its_own_name(inbound: Connection) -> None:
    inbound.command("event plain BACKGROUND_JOB")
    reply = inbound.command("bgapi echo hi\nJob-UUID: my-own-job")
    assert reply["Job-UUID"] == "my-own-job"
    done = inbound.event("BACKGROUND_JOB", Job_UUID="my-own-job")
    assert done.text == "hi"
    assert done["Content-Length"] == "2", "the inner length, of the job's own words"


def test_a_new_uuid_differs_each_time(inbound: Connection) -> None:
    first, second = inbound.api("create_uuid"), inbound.api("create_uuid")
    assert len(first) == len(second) == 36
    assert first != second


def test_the_switch_tells_its_state(inbound: Connection) -> None:
    told = inbound.api("status")
    assert told.startswith("UP 0 years, 0 days, ")
    assert "session(s) since startup" in told
    assert "session(s) max" in told


def test_commands_in_one_write_are_answered_in_their_order(inbound: Connection) -> None:
    inbound.send("".join(f"api echo {number}\n\n" for number in range(50)))
    assert [inbound.answer().text for _ in range(50)] == [str(number) for number in range(50)]


def test_a_command_may_come_in_pieces(inbound: Connection) -> None:
    for piece in ("a", "pi ec", "ho slow", "ly\n", "\n"):
        inbound.send(piece)
    assert inbound.answer().text == "slowly"


def test_lines_may_end_in_carriage_returns(inbound: Connection) -> None:
    inbound.send("api echo windows\r\n\r\n")
    assert inbound.answer().text == "windows"
