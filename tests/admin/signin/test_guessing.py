"""Guesses get slower, by user and by address, and one address asks only so often."""

from flask import Flask

from admin.app import create_app
from admin.panel import Panel
from store.fields import now
from store.gates import ADDRESS_FREE, USER_FREE, Gate, attempt
from store.models import PinGate
from tests.admin.signin.person import Clock, Person, member
from tests.admin.signin.test_second_factor import enrolled, halfway


def wrong(name: str, address: str, times: int) -> None:
    for _ in range(times):
        attempt([Gate.of_user(name), Gate.of_address(address)], now())


def test_after_five_wrong_passwords_the_right_one_waits_too(app: Flask) -> None:
    member()
    wrong("anna", "198.51.100.9", USER_FREE)
    answer = Person(app).sign_in()
    assert "too many wrong tries" in answer.text
    assert answer.status_code == 200


def test_a_name_that_nobody_has_is_locked_alike(app: Flask) -> None:
    wrong("nobody", "198.51.100.9", USER_FREE)
    assert "too many wrong tries" in Person(app).sign_in("nobody").text


def test_an_address_that_guesses_at_many_names_is_locked(app: Flask) -> None:
    member()
    for at in range(ADDRESS_FREE):
        wrong(f"name{at}", "192.0.2.1", 1)
    assert "too many wrong tries" in Person(app).sign_in().text
    assert Person(app, "192.0.2.2").sign_in().status_code == 302


def test_a_network_of_ipv6_is_one_guesser(app: Flask) -> None:
    member()
    Person(app, "2001:db8::1").sign_in("nobody")
    Person(app, "2001:db8::2").sign_in("nobody")
    Person(app, "2001:db8:0:1::2").sign_in("nobody")
    counted = {row.key: row.failures for row in PinGate.select()}
    assert counted["address:2001:db8::/64"] == 2
    assert counted["address:2001:db8:0:1::/64"] == 1


def test_the_right_password_forgets_the_wrong_ones(app: Flask) -> None:
    member()
    person = Person(app)
    person.sign_in("anna", "wrong")
    person.sign_in()
    assert not PinGate.select().where(PinGate.key == "user:anna").exists()


def test_wrong_codes_are_counted_though_the_password_was_right(app: Flask, clock: Clock) -> None:
    secret, _ = enrolled(app, clock)
    for _ in range(USER_FREE):
        halfway(app).post("/sign-in/code", code="000000")
    person = halfway(app)
    answer = person.post("/sign-in/code", code=clock.code(secret))
    assert "too many wrong tries" in answer.text
    assert not person.opens()


def test_one_address_sends_only_so_many_passwords_a_minute(panel: Panel) -> None:
    app = create_app(panel)
    app.config["WTF_CSRF_ENABLED"] = False
    person = Person(app)
    codes = [person.sign_in("", "").status_code for _ in range(31)]
    assert (codes.count(200), codes[-1]) == (30, 429)
    assert person.get("/sign-in").status_code == 200
    assert Person(app, "192.0.2.7").sign_in("", "").status_code == 200
