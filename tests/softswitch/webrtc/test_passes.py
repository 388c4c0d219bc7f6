"""Passes: what they tell, and that nobody makes one up."""

import pytest

from softswitch.webrtc.passes import PassSecrets, caller_of, issue

KEY = "a key of the tests"
NOON = 1_800_000_000


def secrets(now: float = NOON) -> PassSecrets:
    return PassSecrets(KEY, lambda: now)


def test_a_pass_tells_who_calls() -> None:
    caller = caller_of(issue(KEY, "200", "陈 “Anna” O'Neill", NOON).user)
    assert caller is not None
    assert (caller.number, caller.name, caller.until) == ("200", "陈 “Anna” O'Neill", NOON)


def test_a_pass_opens_until_its_time_is_over() -> None:
    made = issue(KEY, "200", "Anna", NOON)
    assert secrets(NOON - 1).get(made.user) == made.secret
    assert secrets(NOON + 1).get(made.user) is None


def test_a_pass_of_another_key_has_another_secret() -> None:
    made = issue("another key", "200", "Anna", NOON)
    assert secrets().get(made.user) != made.secret


def test_an_altered_pass_has_another_secret() -> None:
    made = issue(KEY, "200", "Anna", NOON)
    assert secrets().get(made.user.replace("200", "201")) != made.secret


def test_a_name_too_long_is_cut_between_letters() -> None:
    caller = caller_of(issue(KEY, "200", "陈" * 1000, NOON).user)
    assert caller is not None
    assert set(caller.name) == {"陈"}
    assert len(caller.name) == 60


@pytest.mark.parametrize("number", ["", "2 0", "200.9", "2" * 33, "<sip:x>"])
def test_a_number_that_fits_no_address_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="number"):
        issue(KEY, number, "Anna", NOON)


@pytest.mark.parametrize(
    "user", ["", "anna", "1.2", "x.200.QQ", f"{NOON}.200.____", f"{NOON}.200.QQ==", "9" * 4000]
)
def test_what_is_no_pass_opens_nothing(user: str) -> None:
    assert secrets().get(user) is None
