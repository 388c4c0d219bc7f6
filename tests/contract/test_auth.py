"""Logging in on the Event Socket."""

import socket

from tests.contract.client import LIMIT, Connection, log_in
from tests.switches import Switch

GOODBYE = "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"


def connect(switch: Switch) -> Connection:
    connection = Connection(socket.create_connection(switch.esl, timeout=LIMIT))
    assert connection.frame().wire == [("Content-Type", "auth/request")]
    return connection


def test_a_wrong_password_is_refused_and_the_connection_closed(switch: Switch) -> None:
    connection = connect(switch)
    assert connection.command("auth nope").reply == "-ERR invalid"
    rest = connection.rest()
    assert [frame.content_type for frame in rest] == ["text/disconnect-notice"]
    assert rest[0].text == GOODBYE
    assert rest[0].get("Content-Disposition") is None


def test_a_command_before_the_password_is_refused_and_the_password_still_taken(
    switch: Switch,
) -> None:
    connection = connect(switch)
    assert connection.command("api status").reply == "-ERR command not found"
    assert connection.command(f"auth {switch.password}").reply == "+OK accepted"
    assert connection.api("echo in") == "in"
    connection.close()


def test_exit_is_confirmed_and_closes(switch: Switch) -> None:
    connection = log_in(switch.esl, switch.password)
    assert connection.command("exit").reply == "+OK bye"
    rest = connection.rest()
    assert [frame.text for frame in rest] == [GOODBYE]


def test_many_may_be_logged_in_at_once(switch: Switch) -> None:
    many = [log_in(switch.esl, switch.password) for _ in range(20)]
    assert [one.api("echo here") for one in many] == ["here"] * 20
    for one in many:
        one.close()
