"""A real phone: Debian's baresip, driven over its control port."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port

LIMIT = 30.0
MODULES = ("g711.so", "aubridge.so", "aufile.so")
APPLICATIONS = ("account.so", "menu.so", "mwi.so", "ctrl_tcp.so")

Event = dict[str, Any]


class Baresip:
    """One phone with one account, which subscribes to its mailbox.

    Skips the test where baresip is not installed. It takes no heed of a NOTIFY that it has not
    subscribed to.
    """

    def __init__(self, folder: Path, switch: tuple[str, int], user: str, secret: str) -> None:
        program = shutil.which("baresip")
        if program is None:
            pytest.skip("baresip is not installed: apt-get install baresip-core")
        folder.mkdir(parents=True, exist_ok=True)
        control = free_port()
        (folder / "config").write_text(_config(control))
        (folder / "accounts").write_text("# made when its events can be heard\n")
        self.events: list[Event] = []
        """Everything that it has told, in order."""
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [program, "-f", str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._control = self._connected(control)
        self._unread = b""
        host, port = switch
        self.command(
            "uanew",
            f"<sip:{user}@{host}:{port};transport=udp>;auth_user={user};auth_pass={secret};"
            "regint=60;mwi=yes;answermode=auto",
        )

    def wait(self, wanted: Callable[[Event], bool], limit: float = LIMIT) -> Event:
        """The first event, past or to come, that is wanted."""
        seen = 0
        deadline = time.monotonic() + limit
        while True:
            for event in self.events[seen:]:
                if wanted(event):
                    return event
            seen = len(self.events)
            self._read(deadline)

    def wait_registered(self) -> "Baresip":
        self.wait(lambda event: event.get("type") == "REGISTER_OK")
        return self

    def wait_lamp(self, waiting: bool, voice: str = "") -> Event:
        """Until its lamp is on or off, with `voice` as the count where it is given."""
        lines = [f"Messages-Waiting: {'yes' if waiting else 'no'}"]
        lines += [f"Voice-Message: {voice}"] if voice else []
        return self.wait(
            lambda event: (
                event.get("class") == "mwi" and all(line in event["param"] for line in lines)
            )
        )

    def command(self, name: str, parameters: str = "") -> None:
        """Any command of its menu, such as `dial` with a number."""
        data = json.dumps({"command": name, "params": parameters, "token": name}).encode()
        self._control.sendall(b"%d:%s," % (len(data), data))
        self.wait(lambda event: event.get("response") is True and event.get("token") == name)

    def close(self) -> None:
        self._control.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _connected(self, port: int) -> socket.socket:
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=LIMIT)
            except ConnectionRefusedError:
                time.sleep(0.05)
        words = self._log.read_text(errors="replace")[-2000:]
        self._process.kill()
        self._process.wait()
        raise AssertionError(f"baresip did not start: {words}")

    def _read(self, deadline: float) -> None:
        """Netstrings of JSON (ctrl_tcp)."""
        self._control.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            data = self._control.recv(65536)
        except TimeoutError as late:
            told = [event.get("type") for event in self.events]
            raise AssertionError(f"baresip did not tell it; it told {told}") from late
        assert data, f"baresip ended: {self._log.read_text(errors='replace')[-2000:]}"
        self._unread += data
        while b":" in self._unread:
            length, _, rest = self._unread.partition(b":")
            size = int(length)
            if len(rest) <= size:
                return
            self.events.append(json.loads(rest[:size]))
            self._unread = rest[size + 1 :]


def _config(control: int) -> str:
    modules = Path("/usr/lib/baresip/modules")
    lines = [
        "net_interface 127.0.0.1",
        "sip_trans_def udp",
        "audio_player aubridge,nil",
        "audio_source aubridge,nil",
        "audio_alert aubridge,nil",
        f"ctrl_tcp_listen 127.0.0.1:{control}",
        f"module_path {modules}",
        *(f"module {name}" for name in MODULES),
        *(f"module_app {name}" for name in APPLICATIONS),
    ]
    return "\n".join(lines) + "\n"
