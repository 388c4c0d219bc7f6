"""A provider's account in the panel's form."""

from flask.testing import FlaskClient

from lines.dialling import records
from store.models import AuditEntry, Trunk

TRUNK = {
    "name": "main",
    "host": "sip.example",
    "transport": "tls",
    "user": "84930",
    "password": "provider-word",
    "addresses": "192.0.2.0/28, 198.51.100.7",
    "shows": "nothing",
    "form": "e164",
}


def test_an_account_is_kept_with_all_that_the_form_has(client: FlaskClient) -> None:
    assert client.post("/records/trunks/new/", data=TRUNK).status_code == 302
    row = Trunk.get()
    assert (row.transport, row.user, row.password) == ("tls", "84930", "provider-word")
    assert row.addresses == ["192.0.2.0/28", "198.51.100.7/32"] and row.expires == 600


def test_no_page_and_no_log_shows_the_password(client: FlaskClient) -> None:
    client.post("/records/trunks/new/", data=TRUNK)
    url = f"/records/trunks/edit/?id={Trunk.get().id}"
    assert "provider-word" not in client.get(url).text
    client.post(url, data={**TRUNK, "password": "another-word", "expires": "900"})
    told = repr([(row.before, row.after) for row in AuditEntry.select()])
    assert "provider-word" not in told and "another-word" not in told


def test_a_form_sent_back_with_an_empty_password_keeps_it(client: FlaskClient) -> None:
    client.post("/records/trunks/new/", data=TRUNK)
    url = f"/records/trunks/edit/?id={Trunk.get().id}"
    assert client.post(url, data={**TRUNK, "password": "", "expires": "900"}).status_code == 302
    assert Trunk.get().expires == 900
    assert records.trunk_passwords() == {"main": "provider-word"}


def test_a_network_that_is_none_is_told_at_its_field(client: FlaskClient) -> None:
    answer = client.post("/records/trunks/new/", data={**TRUNK, "addresses": "somewhere"})
    assert answer.status_code == 200 and "expected an address or a network" in answer.text
