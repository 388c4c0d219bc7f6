"""Secrets are clear to the program, and sealed in the store."""

import base64

import pyotp
import pytest

from admin.access.second_factor import take_code
from desk.records import sources
from lines.phones.records import passwords
from store import secrecy
from store.database import database, is_sqlite
from store.errors import SecretLocked
from store.models import DataSource, PanelUser, Recipient, SipPhone
from store.sealing import locked, seal_all, secrets
from tests.store_key import give_key

OTHER_KEY = base64.urlsafe_b64encode(b"another key that was made anew..").decode()


def kept(phone: SipPhone) -> str:
    found = database.execute_sql(f"SELECT password FROM sip_phone WHERE id = {phone.id}").fetchone()
    return str(found[0])


def put_in_clear(phone: SipPhone, password: str) -> None:
    mark = database.param
    database.execute_sql(f"UPDATE sip_phone SET password = {mark}", (password,))


def test_a_secret_is_read_as_it_was_written_and_lies_sealed(store: str) -> None:
    phone = SipPhone.create(number="200", password="näh-weiß-漢字")
    assert SipPhone.get().password == "näh-weiß-漢字"
    assert kept(phone).startswith(secrecy.MARK)
    assert "weiß" not in kept(phone)


def test_every_secret_of_the_store_is_of_the_kind_that_is_sealed() -> None:
    assert {(field.model, field.name) for field in secrets()} >= {
        (PanelUser, "totp_secret"),
        (SipPhone, "password"),
        (Recipient, "secret"),
        (DataSource, "url"),
    }


def test_no_secret_stays_none_and_can_be_searched_for(store: str) -> None:
    SipPhone.create(number="200")
    SipPhone.create(number="201", password="x")
    assert [row.number for row in SipPhone.select().where(SipPhone.password == "")] == ["200"]
    assert [row.number for row in SipPhone.select().where(SipPhone.password != "")] == ["201"]


def test_equal_secrets_do_not_look_equal(store: str) -> None:
    phones = [SipPhone.create(number=number, password="same") for number in ("200", "201")]
    assert kept(phones[0]) != kept(phones[1])


def test_what_looks_sealed_can_be_a_secret_too(store: str) -> None:
    phone = SipPhone.create(number="200", password="sealed:by me")
    assert kept(phone) != "sealed:by me"
    assert SipPhone.get().password == "sealed:by me"


def test_a_long_secret_has_room(store: str) -> None:
    SipPhone.create(number="200", password="x" * 1_000)
    assert SipPhone.get().password == "x" * 1_000


def test_what_stood_in_clear_is_read_and_sealed_once(store: str) -> None:
    phone = SipPhone.create(number="200")
    put_in_clear(phone, "of old")
    assert SipPhone.get().password == "of old"
    assert seal_all() == 1
    assert kept(phone).startswith(secrecy.MARK)
    assert SipPhone.get().password == "of old"
    assert seal_all() == 0


def test_a_sqlite_file_does_not_hold_the_old_text_any_more(store: str) -> None:
    phone = SipPhone.create(number="200")
    put_in_clear(phone, "of old, 0123456789 and long enough to be found")
    seal_all()
    if is_sqlite():
        with open(database.database, "rb") as file:
            assert b"0123456789" not in file.read()
    assert "0123456789" not in kept(phone)


def test_another_key_opens_nothing_and_the_row_is_read_and_kept_all_the_same(store: str) -> None:
    phone = SipPhone.create(number="200", password="x")
    sealed = kept(phone)
    secrecy.use(lambda: OTHER_KEY)
    assert locked() == 1
    found = SipPhone.get()
    assert isinstance(found.password, secrecy.Locked)
    found.title = "Culture"
    found.save()
    give_key()
    assert kept(phone) == sealed
    assert (SipPhone.get().password, SipPhone.get().title, locked()) == ("x", "Culture", 0)


def test_without_the_key_phones_and_sources_go_without_and_no_code_is_right(store: str) -> None:
    SipPhone.create(number="200", password="x")
    DataSource.create(name="paper", url="sqlite:///paper.db")
    user = PanelUser.create(
        name="anna", role="editor", password_hash="", totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    )
    secrecy.use(lambda: OTHER_KEY)
    assert passwords() == {}
    assert sources() == {}
    found = PanelUser.get_by_id(user.id)
    assert found.totp_secret, "the second factor is still asked for"
    assert not take_code(found, pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").now())


def test_what_was_sealed_with_another_key_says_what_to_do() -> None:
    sealed = secrecy.seal("x")
    secrecy.use(lambda: OTHER_KEY)
    with pytest.raises(SecretLocked, match=r"secrets\.toml"):
        secrecy.unseal(sealed)


def test_a_secret_that_was_altered_opens_not(store: str) -> None:
    phone = SipPhone.create(number="200", password="x")
    put_in_clear(phone, kept(phone)[:-4] + "AAA=")
    assert isinstance(SipPhone.get().password, secrecy.Locked)


def test_an_odd_key_says_what_was_expected(store: str) -> None:
    secrecy.use(lambda: "short")
    with pytest.raises(SecretLocked, match="32 bytes"):
        SipPhone.create(number="200", password="x")
