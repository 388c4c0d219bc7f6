"""The real FreeSWITCH on a rendered configuration, and who calls it."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from provisioning.freeswitch.dry_start import command
from provisioning.freeswitch.facts import Facts, Gateway, Listening, Phone
from provisioning.freeswitch.rendering import render
from provisioning.freeswitch.writing import ensure_surroundings, install
from tests.certificates import make_certificate
from tests.contract import sip
from tests.contract.client import Connection, log_in
from tests.contract.phone import Phone as Telephone
from tests.contract.sip_end import Dialog
from tests.ports import free_port
from tests.switch_plan import HOST, Plan, SwitchFailed
from tests.switches import FreeSwitch

TROUBLE = re.compile(r"\[(?:ERR|CRIT|ALERT)\] (.*)")
STRANGER = "127.0.0.66"


class RenderedFreeSwitch(FreeSwitch):
    """Configured by ourselves, not by the tests."""

    def __init__(self, facts: Facts) -> None:
        plan = Plan(facts.folder, password=facts.event_socket_password)
        plan.sip_port, plan.esl_port = facts.listening.phones, facts.listening.event_socket[1]
        super().__init__(plan)
        self.facts = facts

    @property
    def trunks(self) -> tuple[str, int]:
        return HOST, self.facts.listening.trunks

    def put(self, facts: Facts) -> None:
        """In place of the files that there are; a running FreeSWITCH is not told."""
        ensure_surroundings(facts)
        install(facts.folder, render(facts))
        self.facts = facts

    def certify(self) -> None:
        """Give it certificates; it would make two itself, which takes most of its start."""
        self.plan.home.mkdir(parents=True, exist_ok=True)
        made = make_certificate(self.plan.home, f"IP:{HOST}")
        both = made.pem.read_text() + made.key.read_text()
        self.facts.certificates.mkdir(exist_ok=True)
        for name in ("agent.pem", "wss.pem"):
            (self.facts.certificates / name).write_text(both)

    def commands(self) -> Connection:
        return log_in(self.esl, self.password)

    def logged(self) -> str:
        log = self.plan.home / "log" / "freeswitch.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def _prepare(self) -> list[str]:
        program = self.program()
        if program is None:
            raise SwitchFailed("FreeSWITCH is not installed: set FREESWITCH_BIN or the PATH")
        self.put(self.facts)
        return command(program, self.plan.home)


@contextmanager
def running_on(facts: Facts) -> Iterator[RenderedFreeSwitch]:
    """With certificates of its own."""
    made = RenderedFreeSwitch(facts)
    made.certify()
    try:
        made.start()
        yield made
    finally:
        made.stop()


def listening(media: tuple[int, int]) -> Listening:
    """On free ports of loopback."""
    stream = [free_port() for _ in range(6)]
    phones, trunks, tls, wss, inside, commands = stream
    return Listening(
        HOST, phones, trunks, tls, wss, (HOST, inside), "", media, event_socket=(HOST, commands)
    )


class DeskPhone(Telephone):
    """A phone that shows its password when it calls."""

    def call_with(
        self, switch: tuple[str, int], number: str, secret: str, user: str = ""
    ) -> "DeskPhone":
        """`user`: whose password it is, where that is not the number that it calls from."""
        self.call(switch, number)
        asked = self.wait_status(lambda status: status == 407)
        uri = f"sip:{number}@{switch[0]}:{switch[1]}"
        given = sip.digest(asked["Proxy-Authenticate"], "INVITE", uri, user or self.number, secret)
        dialog = self._require()
        first = dialog.remote
        self.dialog = Dialog(
            uri, dialog.local, first.partition(";tag=")[0], dialog.call_id, switch, dialog.cseq + 1
        )
        self.ended.clear()
        self._headers = (("Proxy-Authorization", given),)
        self._invite_branch = sip.new_branch()
        self.invite_again()
        return self

    def answer_of(self, sequence: int) -> int:
        """The final status of the INVITE of that number in its row."""
        return self.wait(
            lambda m: m.method == "INVITE" and m.sequence == sequence and m.status >= 200
        ).status


class Provider(Telephone):
    """Takes the registration of one account and calls to it, and calls where it registered."""

    def __init__(self, user: str, secret: str) -> None:
        self.user, self.secret = user, secret
        self.accepted: list[sip.Message] = []
        """Registrations that showed the right password."""
        super().__init__(user)

    @property
    def gateway(self) -> Gateway:
        return Gateway("account", f"{HOST}:{self.port}", user=self.user, password=self.secret)

    def _on_request(self, message: sip.Message, source: tuple[str, int]) -> None:
        if message.method != "REGISTER":
            super()._on_request(message, source)
        elif self._is_proven(message):
            self.accepted.append(message)
            more = (("Contact", message["Contact"]), ("Expires", "600"))
            self.socket.sendto(sip.response(message, "200 OK", self.tag, *more), source)
        else:
            asked = ("WWW-Authenticate", 'Digest realm="provider", nonce="n1", algorithm=MD5')
            self.socket.sendto(sip.response(message, "401 No", self.tag, asked), source)

    def call_in(self, number: str) -> "Provider":
        """A call for one of the account's numbers; the request goes to its contact, as RFC 3261,
        16.6 has it, so that only the To header tells the number."""
        found = re.search(r"<(sip:[^@]+@([\d.]+):(\d+)[^>]*)>", self.accepted[-1]["Contact"])
        assert found, self.accepted[-1]["Contact"]
        uri, host, port = found.groups()
        local = f"<sip:+4930555@{HOST}:{self.port}>;tag={self.tag}"
        to = f"<sip:{number}@provider.example>"
        self.dialog = Dialog(uri, local, to, sip.new_branch(), (host, int(port)))
        self._invite_branch = sip.new_branch()
        self._headers = ()
        self.answered.clear()
        self.ended.clear()
        self.invite_again()
        return self

    def _is_proven(self, message: sip.Message) -> bool:
        told = dict(re.findall(r'(\w+)="?([^",]+)"?', message["Authorization"] or ""))
        first = sip.md5(f"{self.user}:provider:{self.secret}")
        second = sip.md5(f"REGISTER:{told.get('uri', '')}")
        return told.get("response") == sip.md5(f"{first}:n1:{second}")


def stranger_calls(where: tuple[str, int], number: str) -> int:
    """The final answer to a call from an address that nobody knows."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.bind((STRANGER, 0))
        end.settimeout(30)
        here = f"{STRANGER}:{end.getsockname()[1]}"
        headers = [
            ("Via", f"SIP/2.0/UDP {here};branch={sip.new_branch()}"),
            ("From", f"<sip:100@{here}>;tag=1"),
            ("To", f"<sip:{number}@{where[0]}>"),
            ("Call-ID", sip.new_branch()),
            ("CSeq", "1 INVITE"),
            ("Contact", f"<sip:100@{here}>"),
            ("Max-Forwards", "70"),
        ]
        end.sendto(sip.write(f"INVITE sip:{number}@{where[0]} SIP/2.0", headers), where)
        while True:
            message = sip.parse(end.recv(65535))
            if message and message.status >= 200:
                return message.status


def many_phones(count: int, title: str = "Desk") -> tuple[Phone, ...]:
    return tuple(Phone(str(200 + n), f"{title} {n}", f"secret-{n}") for n in range(count))
