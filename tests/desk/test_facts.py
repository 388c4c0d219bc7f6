"""Facts from SQLite, PostgreSQL and MariaDB."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desk.parameters import Parameter, Type
from desk.sources import Source
from tests.desk.conftest import Ask
from tests.desk.papers import MILLION, look

FIND = "SELECT name, price, ends_on FROM subscription WHERE number = :number"


def test_a_subscriber_is_found(paper: Source, ask: Ask) -> None:
    found = ask(paper, FIND, {"number": "1234"})
    assert (found.outcome, found.rows[0]["name"]) == ("ok", "Ann O'Neil"), found.error
    assert Decimal(str(found.rows[0]["price"])) == Decimal("12.5")
    assert str(found.rows[0]["ends_on"]) == "2027-05-03"


def test_chinese_names_come_back_whole(paper: Source, ask: Ask) -> None:
    by_name = "SELECT number FROM subscription WHERE name = :name"
    assert ask(paper, by_name, {"name": "陳大文"}).rows == [{"number": "5678"}]


def test_nobody_found_is_empty(paper: Source, ask: Ask) -> None:
    found = ask(paper, FIND, {"number": "999"})
    assert (found.outcome, found.rows, found.error) == ("empty", [], "")


@pytest.mark.parametrize(
    "hostile",
    [
        "'; DROP TABLE subscription; --",
        "1234' OR '1'='1",
        '" OR ""="',
        "\\' OR 1=1 -- ",
        "%s %(number)s :number $1 ? @p0",
        "${x}{{ y }}%0A",
        "é🎉" * 30,
    ],
)
def test_what_a_caller_gives_is_a_value_and_never_sql(
    paper: Source, ask: Ask, hostile: str
) -> None:
    found = ask(paper, FIND, {"number": hostile})
    assert (found.outcome, found.error) == ("empty", "")
    echoed = "SELECT name FROM subscription WHERE number = '1234' AND :x = :x"
    assert ask(paper, echoed, {"x": hostile}).outcome == "ok"
    assert look(paper, "SELECT count(*) FROM subscription")[0][0] == 2


TYPED = {
    "digits": Parameter(type=Type.DIGITS),
    "whole": Parameter(type=Type.INTEGER),
    "price": Parameter(type=Type.DECIMAL),
    "day": Parameter(type=Type.DATE),
    "other": Parameter(optional=True),
}


def test_each_type_of_parameter_reaches_the_database_as_it_is(paper: Source, ask: Ask) -> None:
    sql = """SELECT name FROM subscription, digit WHERE number = :digits AND n = :whole
    AND price = :price AND ends_on = :day AND (:other IS NULL OR name = :other)"""
    if paper.kind == "postgresql":
        sql = sql.replace(":other IS", "CAST(:other AS TEXT) IS")
    given: dict[str, Any] = {"digits": "1234", "whole": "7", "price": "12.50", "day": "20270503"}
    found = ask(paper, sql, given, parameters=TYPED)
    assert found.rows == [{"name": "Ann O'Neil"}], found.error


def test_a_million_rows_are_never_fetched(paper: Source, ask: Ask) -> None:
    assert len(ask(paper, MILLION, row_limit=5).rows) == 5
    assert len(ask(paper, f"{MILLION} LIMIT 500000", row_limit=5).rows) == 5
    assert ask(paper, FIND, {"number": "1234"}).outcome == "ok"


def test_a_query_with_remarks_quotes_and_percent_signs_is_taken_as_it_is(
    paper: Source, ask: Ask
) -> None:
    sql = """SELECT name, '100 % :number' AS sign -- :number
    /* :number */ FROM subscription WHERE name LIKE '%O''Neil' AND number = :number;"""
    found = ask(paper, sql, {"number": "1234"})
    assert found.rows == [{"name": "Ann O'Neil", "sign": "100 % :number"}], found.error


def test_a_column_named_twice_is_no_trouble(paper: Source, ask: Ask) -> None:
    assert ask(paper, "SELECT number, name AS number FROM subscription").outcome == "ok"


def test_dates_and_times_of_the_servers_are_dates_and_times(
    postgresql: Source, mysql: Source, ask: Ask
) -> None:
    for source in (postgresql, mysql):
        row = ask(source, "SELECT * FROM subscription WHERE number = '1234'").rows[0]
        assert row["ends_on"] == date(2027, 5, 3)
        assert row["changed_at"] == datetime(2026, 11, 21, 6)
        assert row["price"] == Decimal("12.50")
