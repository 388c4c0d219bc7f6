"""The migrations amount to the models."""

import subprocess
import sys
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

from store import flows
from store.database import connect, database, disconnect
from store.errors import MigrationFailed, StoreAway
from store.migrate import FOLDER, migrate
from store.models import ALL


def test_models_and_migrations_agree(store: str) -> None:
    assert not diff_models(database.obj, ALL), str(diff_models(database.obj, ALL))


def test_every_column_allows_null_where_its_model_does(store: str) -> None:
    for model in ALL:
        found = {
            column.name: column.null for column in database.get_columns(model._meta.table_name)
        }
        wanted = {field.column_name: field.null for field in model._meta.sorted_fields}
        assert found == wanted


def test_migrating_again_changes_nothing(store: str) -> None:
    assert migrate() == []


def test_a_store_that_a_newer_version_has_changed_is_refused(store: str) -> None:
    database.execute_sql(
        "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2027-01-01')"
    )
    with pytest.raises(MigrationFailed, match=r"newer version of Pressline \(9999_later\)"):
        migrate()


def test_processes_that_start_together_do_not_trip_over_each_other(target: str) -> None:
    program = (
        "import sys; from store.database import connect; from store.migrate import migrate;"
        "connect(sys.argv[1]); print(migrate())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, target], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = [process.communicate(timeout=60)[0].strip() for process in started]
    applied = str(sorted(path.stem for path in FOLDER.glob("0*.py")))
    assert sorted(outputs) == [applied, "[]", "[]", "[]"]


def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreAway):
        connect(tmp_path / "file" / "pressline.db")


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "pressline.db").write_text("no database at all" * 100)
    with pytest.raises((StoreAway, MigrationFailed)):
        connect(tmp_path / "pressline.db")
        migrate()


def test_a_store_without_its_tables_says_so(target: str) -> None:
    connect(target)
    with pytest.raises(StoreAway, match="does not answer"):
        flows.live("main")
    disconnect()
