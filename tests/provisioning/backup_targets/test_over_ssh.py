"""Backups to a host over SFTP."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.settings import Settings
from provisioning.backup import making, restoring, verifying
from provisioning.backup.errors import NotSetUp, TargetFailed, TargetGone
from provisioning.backup.key import key_of
from provisioning.backup.places import Places
from provisioning.backup.ssh import ssh_command
from tests.provisioning.backup_targets.ssh_server import SshServer, running_ssh_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SshServer]:
    with running_ssh_server(tmp_path / "ssh") as running:
        yield running


@pytest.fixture
def remote(box: Settings, places: Places, server: SshServer, tmp_path: Path) -> Settings:
    """The box, with the key that the host knows."""
    places.ssh.mkdir(parents=True)
    shutil.copy(server.key, places.ssh / "id_ed25519")
    return box.model_copy(update={"backup_target": server.target(tmp_path / "far away")})


def test_there_and_back_to_another_box(remote: Settings, places: Places, tmp_path: Path) -> None:
    made = making.backup(remote, places)
    assert verifying.verify(remote, places).rows > 0
    other = remote.model_copy(update={"home": tmp_path / "other", "database": ""})
    theirs = Places(other.home)
    theirs.own.mkdir(parents=True)
    shutil.copytree(places.ssh, theirs.ssh)
    shutil.copy(places.key, theirs.key)
    assert key_of("", theirs) == key_of("", places)
    done = restoring.restore(other, theirs, made.snapshot, replace=False)
    assert done.proven.files == len(made.manifest.files)


def test_a_host_that_is_away_or_is_another_gets_nothing_and_that_is_said(
    remote: Settings, places: Places, server: SshServer, tmp_path: Path
) -> None:
    making.backup(remote, places)
    server.stop()
    with pytest.raises(TargetGone, match="the host reachable"):
        making.backup(remote, places)
    server.change_identity()
    server.start()  # it would let us in: only its identity is another
    with pytest.raises(TargetGone, match="the host reachable"):
        making.backup(remote, places)
    (places.ssh / "known_hosts").unlink()
    making.backup(remote, places)


def test_a_host_that_does_not_know_us_says_so(
    remote: Settings, places: Places, server: SshServer
) -> None:
    (server.folder / "allowed").write_text("")
    with pytest.raises(TargetFailed, match="Permission denied"):
        making.backup(remote, places)


@pytest.mark.parametrize("target", ["sftp:-oProxyCommand=id:x", "sftp://", "sftp:nothing"])
def test_a_target_that_ssh_would_take_for_an_option_is_refused(places: Places, target: str) -> None:
    with pytest.raises(NotSetUp, match="expected sftp:user@host:folder"):
        ssh_command(target, places)
