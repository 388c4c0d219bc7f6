"""Digest authentication, by the RFCs' own examples and by what goes wrong."""

import pytest

from softswitch.sip.authentication import NONCE_LIFE, Authenticator, Verdict
from softswitch.sip.digest import (
    Credentials,
    answer_challenge,
    digest_response,
    matches,
    parse_digest,
)

RFC_7616 = {
    "realm": "http-auth@example.org",
    "uri": "/dir/index.html",
    "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "nc": "00000001",
    "cnonce": "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    "qop": "auth",
}
"""RFC 7616, section 3.9.1; the same in MD5 and SHA-256."""


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_example_of_rfc_7616_comes_out(algorithm: str, response: str) -> None:
    parts = RFC_7616 | {"algorithm": algorithm}
    assert digest_response(parts, "Mufasa", "Circle of Life", "GET") == response


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def authenticator(clock: Clock | None = None) -> Authenticator:
    return Authenticator({"1000": "right", "1001": "other"}, now=clock or Clock())


def answer(
    guard: Authenticator,
    secret: str,
    *,
    user: str = "1000",
    realm: str = "r",
    algorithm: str = "MD5",
) -> str:
    challenge = guard.challenge(realm).replace("MD5", algorithm)
    return answer_challenge([challenge], Credentials(user, secret), "REGISTER", "sip:r")


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_the_right_secret_is_known_by_md5_and_by_sha_256(algorithm: str) -> None:
    guard = authenticator()
    given = answer(guard, "right", algorithm=algorithm)
    assert guard.check([given], "REGISTER", "r") == (Verdict.KNOWN, "1000")


@pytest.mark.parametrize(("user", "secret"), [("1000", "wrong"), ("1000", "other"), ("7", "right")])
def test_a_wrong_secret_or_an_unknown_user_is_wrong(user: str, secret: str) -> None:
    guard = authenticator()
    assert guard.check([answer(guard, secret, user=user)], "REGISTER", "r")[0] is Verdict.WRONG


def test_an_answer_works_once() -> None:
    guard = authenticator()
    given = answer(guard, "right")
    assert guard.check([given], "REGISTER", "r")[0] is Verdict.KNOWN
    assert guard.check([given], "REGISTER", "r")[0] is Verdict.STALE


def test_an_answer_for_another_method_is_wrong() -> None:
    guard = authenticator()
    assert guard.check([answer(guard, "right")], "INVITE", "r")[0] is Verdict.WRONG


def test_an_old_challenge_is_stale_and_a_forged_one_too() -> None:
    clock = Clock()
    guard = authenticator(clock)
    given = answer(guard, "right")
    clock.now += NONCE_LIFE + 1
    assert guard.check([given], "REGISTER", "r")[0] is Verdict.STALE
    foreign = answer(authenticator(clock), "right")
    assert guard.check([foreign], "REGISTER", "r")[0] is Verdict.STALE


def test_a_nonce_may_be_used_again_with_a_higher_count() -> None:
    guard = authenticator()
    parts = parse_digest(answer(guard, "right"))
    for count, verdict in ((1, Verdict.KNOWN), (2, Verdict.KNOWN), (2, Verdict.STALE)):
        parts["nc"] = f"{count:08x}"
        parts["response"] = digest_response(parts, "1000", "right", "REGISTER")
        header = "Digest " + ", ".join(f'{name}="{value}"' for name, value in parts.items())
        assert guard.check([header], "REGISTER", "r")[0] is verdict


@pytest.mark.parametrize(
    "header", ["", "Basic eDp5", "Digest", 'Digest realm="elsewhere"', "Digest ,,,==,", '"' * 500]
)
def test_no_credentials_of_ours_count_as_none(header: str) -> None:
    assert authenticator().check([header], "REGISTER", "r")[0] is Verdict.ABSENT


def test_an_unknown_algorithm_is_wrong_and_is_not_answered() -> None:
    assert not matches({"algorithm": "SHA-1"}, "right", "REGISTER")
    challenge = 'Digest realm="r", nonce="n", algorithm=SHA-512-256'
    assert answer_challenge([challenge], Credentials("a", "b"), "REGISTER", "sip:r") == ""


def test_the_strongest_challenge_is_answered() -> None:
    md5 = authenticator().challenge("r")
    both = [md5, md5.replace("MD5", "SHA-256")]
    given = answer_challenge(both, Credentials("1000", "right"), "REGISTER", "sip:r")
    assert parse_digest(given)["algorithm"] == "SHA-256"
