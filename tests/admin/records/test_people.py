"""People in the panel: the rules of the paper's file hold in the form."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.panel import Panel
from lines.people import records
from lines.people.entry import checked
from store.models import AuditEntry, Person
from tests.admin.panels import signed_in
from tests.admin.records.doubles import FakeRecords

NEW = "/records/people/new/"
ANNA = {
    "name": "anna",
    "title": "Anna Berg",
    "language": "zh",
    "mail": "anna@paper.example",
    "numbers-0-kind": "phone",
    "numbers-0-number": "200",
    "numbers-0-ring_seconds": "15",
    "numbers-0-confirm": "",
    "numbers-1-kind": "outside",
    "numbers-1-number": "0171 1234567",
    "numbers-1-ring_seconds": "",
    "numbers-1-confirm": "no",
    "numbers-2-kind": "phone",
    "numbers-2-number": "",
    "numbers-2-ring_seconds": "",
    "numbers-2-confirm": "",
}
NASTY = {
    "empty": "",
    "huge": "x" * 200_000,
    "script": "<script>alert(1)</script>",
    "right to left": "\u202eevil \u0645\u0631\u062d\u0628\u0627",
    "four bytes": "\U0001f4de\U0001f525",
    "nul": "a\x00b",
    "a list": "[1, 2]",
    "a template": "{{ 7 * 7 }}",
    "SQL": "'; DROP TABLE person; --",
    "digits of another alphabet": "٣٤٥",
}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


def box(panel: Panel) -> FakeRecords:
    assert isinstance(panel.records, FakeRecords)
    return panel.records


def test_a_person_is_kept_with_numbers_in_their_order(client: FlaskClient, panel: Panel) -> None:
    assert client.post(NEW, data=ANNA).status_code == 302
    anna = records.find("anna")
    assert anna is not None
    assert [(n.kind, n.number, n.ring_seconds, n.confirm) for n in anna.numbers] == [
        ("phone", "200", 15.0, None),
        ("outside", "0171 1234567", None, False),
    ]
    assert (anna.language, anna.mail, anna.at_once) == ("zh", "anna@paper.example", False)
    assert box(panel).announced == 1


def test_the_form_shows_what_is_kept_and_changes_it(client: FlaskClient) -> None:
    client.post(NEW, data=ANNA)
    row = Person.get()
    page = client.get(f"/records/people/edit/?id={row.id}").text
    assert 'value="0171 1234567"' in page
    assert 'value="Anna Berg"' in page
    changed = {**ANNA, "title": "Anna B.", "numbers-0-number": ""}
    assert client.post(f"/records/people/edit/?id={row.id}", data=changed).status_code == 302
    anna = records.find("anna")
    assert anna is not None
    assert anna.title == "Anna B."
    assert [number.number for number in anna.numbers] == ["0171 1234567"]


def test_a_name_stays_what_it_is(client: FlaskClient) -> None:
    client.post(NEW, data=ANNA)
    row = Person.get()
    client.post(f"/records/people/edit/?id={row.id}", data={**ANNA, "name": "bert"})
    assert [person.name for person in Person.select()] == ["anna"]


def test_a_name_that_is_taken_is_told_at_its_field(client: FlaskClient) -> None:
    client.post(NEW, data=ANNA)
    answer = client.post(NEW, data={**ANNA, "title": "Another"})
    assert "This name is taken." in answer.text
    assert Person.get().title == "Anna Berg"


def test_a_number_that_can_never_be_dialled_is_told_at_its_line(client: FlaskClient) -> None:
    answer = client.post(NEW, data={**ANNA, "numbers-1-number": "0171-CALL-ME"})
    assert answer.status_code == 200
    assert "other characters than the digits" in answer.text
    assert answer.text.index("other characters") > answer.text.index('name="numbers-1-number"')
    assert answer.text.index("other characters") < answer.text.index('name="numbers-1-ring')
    assert records.find("anna") is None


@pytest.mark.parametrize("field", ["name", "title", "mail", "language", "numbers-0-number",
                                   "numbers-0-kind", "numbers-0-ring_seconds"])  # fmt: skip
@pytest.mark.parametrize("kind", NASTY)
def test_hostile_text_is_refused_at_its_field_or_kept_as_text(
    client: FlaskClient, field: str, kind: str
) -> None:
    answer = client.post(NEW, data={**ANNA, field: NASTY[kind]})
    assert answer.status_code in (200, 302)
    assert "<script>alert" not in answer.text
    listed = client.get("/records/people/")
    assert listed.status_code == 200
    assert "<script>alert" not in listed.text
    assert "\x00" not in "".join(person.title for person in Person.select())


@pytest.mark.parametrize("index", ["²", "9" * 5_000, "-1", "999999999999"])
def test_odd_numbers_of_lines_are_nobodys(client: FlaskClient, index: str) -> None:
    answer = client.post(NEW, data={**ANNA, f"numbers-{index}-number": "201"})
    assert answer.status_code == 302
    anna = records.find("anna")
    assert anna is not None
    assert len(anna.numbers) == 2


@pytest.mark.parametrize("id", ["0", "x", "²", "-1", "9" * 40, "1; DROP", ""])
def test_an_id_of_nobody_leads_back_to_the_list(client: FlaskClient, id: str) -> None:
    for page in ("edit", "details"):
        assert client.get(f"/records/people/{page}/", query_string={"id": id}).status_code == 302


def test_somebody_whom_a_flow_names_is_not_removed(client: FlaskClient, panel: Panel) -> None:
    client.post(NEW, data=ANNA)
    box(panel).needed["anna"] = ["main"]
    answer = client.post(
        "/records/people/delete/", data={"id": Person.get().id}, follow_redirects=True
    )
    assert "still in use" in answer.text
    assert "flow main" in answer.text
    assert records.find("anna") is not None


def test_somebody_whom_nobody_needs_is_removed_and_that_is_kept(client: FlaskClient) -> None:
    client.post(NEW, data=ANNA)
    client.post("/records/people/delete/", data={"id": Person.get().id})
    assert records.find("anna") is None
    acts = [(row.action, row.subject, row.subject_id) for row in AuditEntry.select()]
    assert acts == [("create", "person", "anna"), ("delete", "person", "anna")]


def test_a_change_is_kept_with_before_and_after(client: FlaskClient) -> None:
    client.post(NEW, data=ANNA)
    url = f"/records/people/edit/?id={Person.get().id}"
    client.post(url, data={**ANNA, "title": "Anna B."})
    row = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (row.before, row.after) == ({"title": "Anna Berg"}, {"title": "Anna B."})


def test_who_may_only_look_changes_nothing(app: Flask) -> None:
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.get("/records/people/").status_code == 200
    assert reader.get(NEW).status_code == 403
    assert reader.post(NEW, data=ANNA).status_code == 403


def test_a_box_that_is_away_is_told_and_the_change_stays(client: FlaskClient, panel: Panel) -> None:
    box(panel).running = False
    answer = client.post(NEW, data=ANNA, follow_redirects=True)
    assert "The box is not running" in answer.text
    assert records.find("anna") is not None


def test_people_are_found_by_name(client: FlaskClient) -> None:
    records.create(checked("DE", name="bert", title="Bert Stein"))
    records.create(checked("DE", name="carla", title="Carla Roth"))
    page = client.get("/records/people/?search=Stein").text
    assert "Bert Stein" in page
    assert "Carla Roth" not in page
