"""A whole box as a newcomer starts it: `pressline demo`, `pressline up`, on free ports."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

from appliance import dialplan, paper_file
from appliance.home import Home
from appliance.notice import make_notice
from appliance.secrets_file import load_secrets
from appliance.settings import load
from store import database
from tests.end_to_end import mailboxes
from tests.end_to_end.ledger import Ledger
from tests.end_to_end.waiting import eventually
from tests.ports import free_port
from tests.store_key import give_key
from tests.stores import servers_of
from tests.switch_plan import HOST, MEDIA_BLOCK, Address, claim_media_block
from tests.switches import Extension, FreeSwitch, Plan

NO_FREESWITCH = "FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH"
PRESSLINE = [sys.executable, "-m", "appliance"]
READY_WITHIN = 90.0
OURS = Path(__file__).parent
DESK = "200"
RELOADED = "flows reloaded"
"""Said by the callbox."""
MODULES = {
    "switch": "softswitch",
    "callbox": "appliance.callbox",
    "worker": "appliance.worker",
    "panel": "appliance.panel",
    "sidecar": "appliance.sidecar_tasks",
    "mailboxes": "appliance.mail_tasks",
    "switchboard": "appliance.line_tasks",
    "webphone": "softswitch.webrtc",
}
"""Each part of the box by the module that it runs."""

ANSWER = ("answer", "")
"""First of all, as docs/freeswitch.md advises."""


class Box:
    """The Daily, answering on the embedded switch or on a FreeSWITCH that is there already."""

    def __init__(self, home: Path, switch: str = "embedded", **settings: str) -> None:
        self.home = home
        self.switch = switch
        self.panel = f"{HOST}:{free_port()}"
        self.ledger = Ledger(home / "pressline.db")
        self._settings = settings
        self._claim = claim_media_block()
        self._socket = free_port()
        self.freeswitch = self._freeswitch() if switch == "freeswitch" else None
        sip, esl = free_port(), free_port()
        self.sip: Address = self.freeswitch.sip if self.freeswitch else (HOST, sip)
        self.esl: Address = self.freeswitch.esl if self.freeswitch else (HOST, esl)
        self.process: subprocess.Popen[bytes] | None = None

    def _freeswitch(self) -> FreeSwitch:
        plan = Plan(self.home.parent / "freeswitch", users={DESK: "desk-secret"})
        plan.home.mkdir(parents=True, exist_ok=True)
        return FreeSwitch(plan)

    def _dialplan(self) -> tuple[Extension, ...]:
        """That of docs/freeswitch.md, for every number."""
        settings = load(self.environment)
        found = dialplan.extensions(settings, make_notice(Home(self.home), settings))
        return tuple(
            Extension("callbox", rule.dialled, (ANSWER, *rule.actions), rule.caller)
            for rule in found
        )

    @property
    def environment(self) -> dict[str, str]:
        first = self._claim.getsockname()[1] + 1 - MEDIA_BLOCK
        settings = {
            "HOME": str(self.home),
            "SWITCH": self.switch,
            "SIP": f"{HOST}:{self.sip[1]}",
            "ESL": f"{HOST}:{self.esl[1]}",
            "SOCKET": f"{HOST}:{self._socket}",
            "PANEL": self.panel,
            "RTP_PORTS": f"{first}-{first + MEDIA_BLOCK - 2}",
            **({"ESL_PASSWORD": self.freeswitch.password} if self.freeswitch else {}),
            **{name.upper(): value for name, value in self._settings.items()},
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PRESSLINE_")}
        named = {f"PRESSLINE_{name}": value for name, value in settings.items()}
        return clean | servers_of(self.home) | named

    # The commands.

    def launch(self, *words: str) -> "subprocess.Popen[str]":
        """Begin a `pressline` command; its two outputs come together."""
        return subprocess.Popen(
            [*PRESSLINE, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def command(self, *words: str, limit: float = 60) -> "subprocess.CompletedProcess[str]":
        """Run a `pressline` command to its end; `.stdout` holds both its outputs."""
        process = self.launch(*words)
        try:
            output, _ = process.communicate(timeout=limit)
        finally:
            process.kill()
        return subprocess.CompletedProcess(words, process.returncode, output, "")

    def done(self, *words: str) -> str:
        """The output of a command that must succeed."""
        ran = self.command(*words)
        assert ran.returncode == 0, ran.stdout
        return ran.stdout

    def reloaded_by(self, *words: str) -> str:
        """The output of a command upon which the callbox takes up what is live now."""
        before = self.said().count(RELOADED)
        told = self.done(*words)
        assert "The box takes it up now." in told
        eventually(lambda: self.said().count(RELOADED) > before, "the callbox has taken it up")
        return told

    # Its life.

    def fill(self) -> "Box":
        """The Daily, and beside it what only the tests need."""
        self.done("demo")
        self.done("models", "add", str(mailboxes.SPEECH / "model"), "--language", "en")
        self.take_in((OURS / "paper.yaml").read_text())
        self.done("publish", str(OURS / "flows"))
        return self

    def take_in(self, paper: str) -> None:
        """Sources, queries and routes, as `pressline demo` takes them in."""
        database.connect(self.home / "pressline.db")
        give_key()  # of this home, whichever settings were read last
        try:
            paper_file.take_in(paper, "paper.yaml", base=self.home)
        finally:
            database.disconnect()

    def start(self) -> "Box":
        if self.freeswitch:
            self.freeswitch.plan.extensions = self._dialplan()
            self.freeswitch.start()
        self.up()
        self.wait_until_well()
        return self

    def up(self) -> None:
        """`pressline up`, not waiting for anything."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [*PRESSLINE, "up"], env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )

    def stop(self) -> int:
        """The exit code of `pressline up`."""
        code = 0
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            code = self.process.wait(timeout=60)
            self.process = None
        if self.freeswitch:
            self.freeswitch.stop()
        return code

    def close(self) -> None:
        """Stop it, whatever state it is in, and give back its ports."""
        family = self.family()
        try:
            self.stop()
        finally:
            for member in family:
                if member.is_running():
                    member.kill()
            self._claim.close()
            if self.freeswitch:
                self.freeswitch.plan.claim.close()

    # How it is.

    @property
    def callbox(self) -> Address:
        """Where the switch brings calls."""
        return HOST, self._socket

    @property
    def output(self) -> Path:
        return self.home.parent / "up.output"

    def said(self) -> str:
        """Everything on the terminal of `pressline up`."""
        return self.output.read_text(errors="replace")

    def health(self) -> dict[str, Any]:
        """What `/healthz` answers; empty when nobody does."""
        try:
            with urllib.request.urlopen(f"http://{self.panel}/healthz", timeout=10) as answer:
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            found = json.load(error)
        except OSError:
            return {}
        return found

    def is_well(self) -> bool:
        assert self.process is not None and self.process.poll() is None, self.said()
        return self.health().get("status") == "ok"

    def wait_until_well(self) -> None:
        try:
            eventually(self.is_well, "the box is well", READY_WITHIN)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.health()}\n{self.said()}") from error

    def family(self) -> list[psutil.Process]:
        """`pressline up` and every process below it."""
        if self.process is None or self.process.poll() is not None:
            return []
        up = psutil.Process(self.process.pid)
        return [up, *up.children(recursive=True)]

    def parts(self, name: str) -> list[psutil.Process]:
        """The living processes that run a part of the box."""
        return [member for member in self.family() if _module(member) == MODULES[name]]

    def pids(self) -> set[int]:
        """Of all living parts."""
        return {process.pid for name in MODULES for process in self.parts(name)}

    def kill(self, name: str) -> None:
        """SIGKILL for the first process of a part."""
        self.parts(name)[0].kill()

    def uri(self, number: str) -> str:
        host, port = self.sip
        return f"sip:{number}@{host}:{port}"

    @property
    def desk_secret(self) -> str:
        """The password with which the desk's phone registers."""
        if self.freeswitch:
            return self.freeswitch.plan.users[DESK]
        return load_secrets(self.home, [DESK]).phones[DESK]


def all_gone(processes: Iterable[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes)


def _module(process: psutil.Process) -> str:
    """What `python -m` runs there; nothing for a process that is gone."""
    try:
        words = process.cmdline()
    except psutil.Error:
        return ""
    return words[words.index("-m") + 1] if "-m" in words else ""
