"""Addresses of data sources, and their passwords."""

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from desk.sources import Kind, Source

SECRET = "s3:cr/et@ %"
WHOLE = "postgresql://ann:s3%3Acr%2Fet%40%20%25@db.example:5433/the%20paper"


def test_an_address_is_taken_apart() -> None:
    source = Source(name="paper", url=WHOLE)
    assert (source.kind, source.host, source.parts.port) == (Kind.POSTGRESQL, "db.example", 5433)
    assert (source.user, source.password, source.database) == ("ann", SECRET, "the paper")


def test_a_sqlite_file_may_be_relative_or_absolute() -> None:
    assert Source(name="a", url="sqlite:///data/a%20b.db").path == Path("data/a b.db")
    assert Source(name="a", url="sqlite:////srv/a.db").path == Path("/srv/a.db")


def test_a_password_is_shown_nowhere() -> None:
    source = Source(name="paper", url=WHOLE)
    for shown in (repr(source), str(source), source.shown_url, f"{[source]}"):
        assert SECRET not in shown
        assert "s3%3A" not in shown
    assert source.scrub(f"cannot open {WHOLE} with {SECRET}").count("***") == 2


def test_a_source_goes_to_another_process_whole() -> None:
    source = Source(name="paper", url=WHOLE)
    assert pickle.loads(pickle.dumps(source)) == source


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": "oracle://ann:s3cret@h/x"}, 'not scheme "oracle"'),
        ({"url": "paper.db"}, 'expected "sqlite:///file"'),
        ({"url": "sqlite://"}, "a file after sqlite:///"),
        ({"url": "postgresql://ann:s3cret@h"}, "a database after host/"),
        ({"url": "mysql:///x"}, "expected a host"),
        ({"url": "mysql://ann:s3cret@h:port/x"}, "expected a URL such as"),
        ({"url": "mysql://ann:s3cret@[h/x"}, "expected a URL such as"),
        ({"url": "mysql://ann:s3cret@h/x", "password_env": "P"}, "not both"),
        ({"url": "mysql://h/x", "password_env": "A B"}, "pattern"),
        ({"url": "mysql://h/x", "name": "A"}, "pattern"),
    ],
)
def test_a_wrong_address_is_refused_without_its_password(
    fields: dict[str, str], expected: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Source.model_validate({"name": "paper", **fields})
    assert expected in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_a_password_of_the_environment_that_is_missing_is_empty() -> None:
    source = Source(name="paper", url="mysql://ann@h/x", password_env="NOT_SET_ANYWHERE")
    assert source.password == ""
