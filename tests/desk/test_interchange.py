"""Sources, queries and routes in and out as YAML."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desk import records
from desk.interchange import export, import_text
from desk.parameters import Parameter, Type
from store import routes
from store.database import connect, disconnect
from store.errors import ImportRefused
from store.migrate import migrate

GOOD = """\
sources:
  paper:
    url: sqlite:///data/daily.db
  ads: {url: "postgresql://reader:s3cret@db.example:5432/ads"}
  circulation: {url: "mysql://reader@db.example/paper", password_env: PAPER_PASSWORD}
queries:
  subscription:
    source: paper
    sql: |
      SELECT name, ends_on FROM subscription
      WHERE number = :number
    parameters:
      number: {type: digits, max_length: 8, pattern: "[1-9].*"}
    row_limit: 1
    time_limit: 500ms
    fresh: {column: changed_at, max_age: 26h}
    note: for the main line
  prices:
    source: ads
    sql: SELECT * FROM price
    fresh: {sql: SELECT max(loaded_at) FROM load, max_age: 7d}
routes:
- number: "100"
  flow: main
  hours: {mon-fri: 08:00-18:00, sat: ["09:00-12:00", "14:00-16:00"]}
  closed: night
- {number: 2*, flow: ads}
"""


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    connect(tmp_path / "pressline.db")
    migrate()
    yield
    disconnect()


def mistakes(text: str) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        import_text(text, "paper.yaml")
    return [str(mistake) for mistake in refused.value.mistakes]


def test_what_was_written_is_in_the_store(tmp_path: Path) -> None:
    report = import_text(GOOD, str(tmp_path / "paper.yaml"))
    assert (report.sources, report.queries, report.routes) == (3, 2, 2)
    assert report.notes[0] == 'route 100: flow "main" is not live yet'
    assert records.sources()["paper"].path == tmp_path / "data" / "daily.db"
    query = records.queries()["subscription"]
    assert query.parameters["number"] == Parameter(
        type=Type.DIGITS, max_length=8, pattern="[1-9].*"
    )
    assert query.fresh is not None
    assert (query.time_limit, query.fresh.max_age) == (0.5, 26 * 3600)
    assert routes.route_for("100", datetime(2026, 11, 21, 15)) == "main"
    assert routes.route_for("100", datetime(2026, 11, 22, 15)) == "night"


def test_what_is_given_out_can_be_taken_in_again(tmp_path: Path) -> None:
    import_text(GOOD, str(tmp_path / "paper.yaml"))
    first = export()
    before = records.sources(), records.queries()
    import_text(first, "elsewhere/paper.yaml")
    assert export() == first
    assert (records.sources(), records.queries()) == before


def test_a_password_is_never_given_out_and_is_kept_on_the_way_back() -> None:
    import_text(GOOD, "paper.yaml")
    shown = export()
    assert "s3cret" not in shown
    assert "postgresql://reader:***@db.example:5432/ads" in shown
    import_text(shown, "paper.yaml")
    assert records.sources()["ads"].password == "s3cret"
    assert "s3cret" not in f"{records.sources()!r} {records.sources()['ads']}"


def test_a_hidden_password_does_not_travel_to_another_address() -> None:
    import_text(GOOD, "paper.yaml")
    moved = export().replace("db.example:5432", "evil.example:5432")
    assert len(mistakes(moved)) == 1
    assert records.sources()["ads"].host == "db.example"


def test_a_text_without_routes_leaves_the_routes() -> None:
    import_text(GOOD, "paper.yaml")
    report = import_text("sources: {other: {url: sqlite:///other.db}}", "paper.yaml")
    assert report.routes is None
    assert len(routes.load().routes) == 2
    assert len(records.sources()) == 4


def test_every_mistake_is_named_at_once_and_nothing_is_kept() -> None:
    text = """\
source: {}
sources:
  paper: {url: "oracle://u:s3cret@h/x", pasword_env: X}
  Bad Name: {url: sqlite:///x.db}
queries:
  one:
    source: papr
    sql: SELECT :a, :b
    parameters: {a: {type: digit}, c: {}}
    row_limit: 100000
  two: {source: papr, sql: SELECT 1, time_limit: soon, fresh: {max_age: 1h}}
  three: 7
  four: {source: papr, sql: SELECT 1}
routes:
  - {number: "1 0", flow: main}
  - {number: 100, flow: main}
  - {number: "100", flow: main, hours: {monday: "08:00-18:00"}, close: x}
"""
    found = mistakes(text)
    assert [mistake.split(" ")[0] for mistake in found] == [
        "paper.yaml:1:",
        "paper.yaml:3:",
        "paper.yaml:3:",
        "paper.yaml:4:",
        "paper.yaml:9:",
        "paper.yaml:10:",
        "paper.yaml:11:",
        "paper.yaml:11:",
        "paper.yaml:12:",
        "paper.yaml:13:",
        "paper.yaml:15:",
        "paper.yaml:16:",
        "paper.yaml:17:",
        "paper.yaml:17:",
    ]
    assert 'did you mean "sources"?' in found[0]
    whole = "\n".join(found)
    assert 'did you mean "password_env"?' in whole
    assert 'did you mean "paper"?' in whole
    assert 'did you mean "closed"?' in whole
    assert "expected a length such as 2s" in whole
    assert "expected one of mon, tue" in whole
    assert "s3cret" not in whole
    assert records.sources() == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "paper.yaml:1: expected sources, queries, routes"),
        ("- 1", "paper.yaml:1: expected sources, queries, routes"),
        ("sources:\n\tpaper: x", "paper.yaml:2: "),
        ("sources:\n  a: {url: x}\n  a: {url: y}", "paper.yaml:3: "),
        ("sources: [1, 2]", "paper.yaml:1: sources: expected names"),
        ("routes: {a: b}", "paper.yaml:1: routes: expected a list"),
        ("sources: {a", "paper.yaml:1: "),
        ("x" * 1_000_001, "expected at most 1000000 characters"),
        ("\0", "not YAML"),
        ("!!python/object/apply:os.system ['true']", "expected sources"),
    ],
)
def test_a_text_that_is_no_such_yaml_is_refused_with_its_line(text: str, expected: str) -> None:
    assert expected in mistakes(text)[0]


def test_aliases_that_multiply_are_refused() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    text = "\n".join(["a0: &a0 [x, x, x]", *levels])
    assert "look at the aliases" in mistakes(text)[0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sql: 'SELECT :a'", "sql uses :a, which parameters does not declare"),
        ("sql: SELECT 1, parameters: {a: {}}", "parameters declares a, which sql does not use"),
        ("sql: SELECT 1, fresh: {column: x, sql: SELECT 1, max_age: 1h}", "either column or sql"),
        ("sql: SELECT 1, fresh: {sql: 'SELECT :a', max_age: 1h}", "takes no parameters here"),
        ("sql: SELECT 1, time_limit: 1h", "less than or equal to 30"),
        ("sql: '  '", "expected a query"),
        ("sql: 'SELECT :a', parameters: {a: {pattern: '('}}", "is no regular expression"),
    ],
)
def test_a_query_with_a_mistake_is_refused(query: str, expected: str) -> None:
    text = f"sources: {{p: {{url: sqlite:///x.db}}}}\nqueries: {{q: {{source: p, {query}}}}}"
    assert expected in mistakes(text)[0]
