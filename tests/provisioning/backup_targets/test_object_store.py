"""Backups to an S3-compatible store.

Its server is moto, which holds to Amazon's interface and keeps all in memory; `make test-backup`
installs it beside. No server meant for keeping data is to be had from Debian or PyPI.
"""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from appliance.settings import Settings
from provisioning.backup import archive, making, restoring, state, verifying
from provisioning.backup.errors import TargetFailed
from provisioning.backup.places import Places
from tests.ports import free_port
from tests.provisioning.backup_targets.ssh_server import wait_until_listening

MOTO = Path(__file__).parent.parent.parent.parent / ".venv-s3" / "bin" / "moto_server"
PATIENCE = 10.0
"""Seconds: a target that is asked for so long and gives errors only is taken to be away."""


ACCOUNT = {"backup_s3_key": "paper", "backup_s3_secret": SecretStr("not so secret")}


@pytest.fixture
def object_store(tmp_path: Path) -> Iterator[str]:
    if not MOTO.exists():
        pytest.skip("moto is not here: make test-backup installs it")
    port = free_port()
    command = [str(MOTO), "--host", "127.0.0.1", "--port", str(port)]
    with (tmp_path / "moto.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_until_listening(process, port)
        yield f"s3:http://127.0.0.1:{port}/paper-phones"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def broken_store() -> Iterator[str]:
    """Answers each request with an error of its own."""

    class Broken(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(503)

        do_PUT = do_HEAD = do_POST = do_GET

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"s3:http://127.0.0.1:{server.server_port}/paper-phones"
        server.shutdown()


def test_there_and_back(box: Settings, places: Places, object_store: str, tmp_path: Path) -> None:
    remote = box.model_copy(update={"backup_target": object_store, **ACCOUNT})
    made = making.backup(remote, places)
    assert verifying.verify(remote, places).files == len(made.manifest.files)
    (tmp_path / "other").mkdir()
    other = remote.model_copy(update={"home": tmp_path / "other", "database": ""})
    theirs = Places(other.home)
    theirs.own.mkdir()
    places.key.rename(theirs.key)
    done = restoring.restore(other, theirs, made.snapshot, replace=False)
    assert done.proven.rows == sum(table.rows for table in made.manifest.tables.values())


def test_a_store_in_trouble_is_told_of_and_counts_for_nothing(
    box: Settings, places: Places, broken_store: str
) -> None:
    remote = box.model_copy(update={"backup_target": broken_store, **ACCOUNT})
    kept_in = replace(archive.archive_of(remote, places), ask_limit=PATIENCE)
    with pytest.raises(TargetFailed, match=r"no answer within 10 s|failed"):
        archive.opened(kept_in)
    assert not state.read(places).archive_made
