"""People in the panel: the rules of the paper's file hold in the form."""

from itertools import product

from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from lines.people import records
from lines.people.entry import checked
from store.models import AuditEntry, Person
from tests.admin.panels import signed_in
from tests.admin.records.doubles import FakeRecords
from tests.admin.records.nasty import survives

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


def test_a_person_is_kept_with_numbers_in_their_order(
    client: FlaskClient, box: FakeRecords
) -> None:
    assert client.post(NEW, data=ANNA).status_code == 302
    anna = records.find("anna")
    assert anna is not None
    assert [(n.kind, n.number, n.ring_seconds, n.confirm) for n in anna.numbers] == [
        ("phone", "200", 15.0, None),
        ("outside", "0171 1234567", None, False),
    ]
    assert (anna.language, anna.mail, anna.at_once) == ("zh", "anna@paper.example", False)
    assert box.announced == 1


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


def test_hostile_text_is_refused_at_its_field_or_kept_as_text(client: FlaskClient) -> None:
    numbers = ("numbers-0-number", "numbers-0-kind", "numbers-0-ring_seconds")
    survives(client, NEW, ANNA, "name", "title", "mail", "language", *numbers)
    assert "\x00" not in "".join(person.title for person in Person.select())


def test_odd_numbers_of_lines_are_nobodys(client: FlaskClient) -> None:
    odd = {f"numbers-{index}-number": "201" for index in ["²", "9" * 5_000, "-1", "999999999999"]}
    answer = client.post(NEW, data={**ANNA, **odd})
    assert answer.status_code == 302
    anna = records.find("anna")
    assert anna is not None
    assert len(anna.numbers) == 2


def test_an_id_of_nobody_leads_back_to_the_list(client: FlaskClient) -> None:
    ids = ["0", "x", "²", "-1", "9" * 40, "1; DROP", ""]
    for page, id in product(("edit", "details"), ids):
        url = f"/records/people/{page}/"
        assert client.get(url, query_string={"id": id}).status_code == 302, id


def test_somebody_whom_a_flow_names_is_not_removed(client: FlaskClient, box: FakeRecords) -> None:
    client.post(NEW, data=ANNA)
    box.needed["anna"] = ["main"]
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


def test_a_box_that_is_away_is_told_and_the_change_stays(
    client: FlaskClient, box: FakeRecords
) -> None:
    box.running = False
    answer = client.post(NEW, data=ANNA, follow_redirects=True)
    assert "The box is not running" in answer.text
    assert records.find("anna") is not None


def test_people_are_found_by_name(client: FlaskClient) -> None:
    records.create(checked("DE", name="bert", title="Bert Stein"))
    records.create(checked("DE", name="carla", title="Carla Roth"))
    page = client.get("/records/people/?search=Stein").text
    assert "Bert Stein" in page
    assert "Carla Roth" not in page
