"""A real SSH server on loopback that serves files to one key."""

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port

START_LIMIT = 30.0


@dataclass
class SshServer:
    folder: Path
    port: int
    program: str
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def key(self) -> Path:
        return self.folder / "client"

    def target(self, folder: Path) -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{self.port}/{folder}"

    def start(self) -> None:
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        command = [self.program, "-D", "-e", "-f", str(self.folder / "config")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log)
        wait_until_listening(self.process, self.port)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(START_LIMIT)

    def change_identity(self) -> None:
        """As somebody else does who answers in its place."""
        (self.folder / "host").unlink()
        make_key(self.folder / "host")


@contextmanager
def running_ssh_server(folder: Path) -> Iterator[SshServer]:
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        pytest.skip("sshd is not installed")
    server = SshServer(folder, free_port(), program)
    folder.mkdir()
    make_key(folder / "host")
    make_key(server.key)
    (folder / "allowed").write_text((folder / "client.pub").read_text())
    (folder / "config").write_text(
        f"ListenAddress 127.0.0.1\nPort {server.port}\nHostKey {folder / 'host'}\n"
        f"AuthorizedKeysFile {folder / 'allowed'}\nStrictModes no\nUsePAM no\nPidFile none\n"
        "PasswordAuthentication no\nPermitRootLogin prohibit-password\n"
        "Subsystem sftp internal-sftp\n"
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()


def make_key(path: Path) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def wait_until_listening(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        found = psutil.Process(process.pid).net_connections("tcp")
        if any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in found):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")
