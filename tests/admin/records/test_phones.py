"""Desk phones in the panel."""

import re

import pytest
from flask.testing import FlaskClient

from lines.phones import records
from store.models import AuditEntry, Mailbox, SipPhone
from tests.admin.records.nasty import survives

NEW = "/records/phones/new/"
PHONE = {"number": "210", "title": "Culture"}


@pytest.fixture
def phone(client: FlaskClient) -> SipPhone:
    assert client.post(NEW, data=PHONE).status_code == 302
    found: SipPhone = SipPhone.get()
    return found


def test_a_password_is_made_shown_once_and_given_to_the_switch(
    client: FlaskClient, phone: SipPhone
) -> None:
    assert records.passwords() == {}
    page = client.post("/records/phones/password", data={"id": phone.id}).text
    password = re.search(r"<strong>([^<]+)</strong>", page)
    assert password
    assert records.passwords() == {"210": password[1]}
    for url in ("", f"details/?id={phone.id}", f"edit/?id={phone.id}"):
        assert password[1] not in client.get(f"/records/phones/{url}").text
    assert password[1] not in str([(row.before, row.after) for row in AuditEntry.select()])


def test_a_changed_title_leaves_number_and_password(client: FlaskClient, phone: SipPhone) -> None:
    password = records.new_password("210")
    changed = {"number": "999", "title": "Sport"}
    client.post(f"/records/phones/edit/?id={phone.id}", data=changed)
    row = SipPhone.get()
    assert (row.number, row.title, row.password) == ("210", "Sport", password)


def test_numbers_that_are_taken_are_told(client: FlaskClient, phone: SipPhone) -> None:
    for number in ("210", "200"):  # the second one stands in the settings
        answer = client.post(NEW, data={**PHONE, "number": number})
        assert "This number is taken." in answer.text


def test_a_phone_whose_lamp_is_used_is_not_removed(client: FlaskClient, phone: SipPhone) -> None:
    Mailbox.create(name="culture", phones=["210"])
    url = "/records/phones/delete/"
    page = client.post(url, data={"id": phone.id}, follow_redirects=True).text
    assert "lamp of mailbox culture" in page
    Mailbox.delete().execute()
    client.post(url, data={"id": phone.id})
    assert not SipPhone.select().exists()


def test_hostile_text_breaks_no_phone(client: FlaskClient) -> None:
    survives(client, NEW, PHONE, "number", "title")
