"""A stand-in for Google's voices: gTTS reaches it as a proxy, over real TLS, on the loopback.

gTTS does not check certificates, so one made for the test will do.
"""

import base64
import contextlib
import io
import json
import shutil
import socket
import ssl
import subprocess
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import soundfile

from tts_asr.sound import Sound

Answer = Callable[[socket.socket], None]


def mp3(sound: Sound) -> bytes:
    into = io.BytesIO()
    soundfile.write(into, sound.samples, sound.rate, format="MP3")
    return into.getvalue()


def speaks(audio: bytes) -> Answer:
    line = rb'[["wrb.fr","jQ1olc","[\"' + base64.b64encode(audio) + rb'\"]",null]]' + b"\n"
    return sends(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(line), line))


def sends(reply: bytes) -> Answer:
    return lambda line: line.sendall(reply)


def never_answers(line: socket.socket) -> None:
    while line.recv(1_000):
        pass


def drips(line: socket.socket) -> None:
    """A byte at a time, each in time: the time-out of a request never comes."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    line.settimeout(0.2)
    while True:
        line.sendall(b".")
        with contextlib.suppress(TimeoutError):
            if not line.recv(1_000):
                return


class Google:
    """Answers every request as `answer` says, and keeps what it was asked."""

    def __init__(self, certificate: Path) -> None:
        self.answer: Answer = never_answers
        self.asked: list[tuple[str, str]] = []
        """(text, language) of each request."""
        self.hosts: list[str] = []
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[line], daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError), plain:
            head = _read_until(plain, b"\r\n\r\n")
            self.hosts.append(head.split()[1].decode())
            plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self._tls.wrap_socket(plain, server_side=True) as line:
                self.asked.append(_asked(_read_request(line)))
                self.answer(line)


def _read_until(line: socket.socket, end: bytes) -> bytes:
    read = b""
    while end not in read:
        more = line.recv(10_000)
        if not more:
            raise OSError("the other side is gone")
        read += more
    return read


def _read_request(line: socket.socket) -> bytes:
    head, _, body = _read_until(line, b"\r\n\r\n").partition(b"\r\n\r\n")
    sizes = [row.split(b":")[1] for row in head.split(b"\r\n") if b"content-length" in row.lower()]
    while len(body) < int(sizes[0]):
        body += line.recv(10_000)
    return body


def _asked(body: bytes) -> tuple[str, str]:
    call = json.loads(urllib.parse.parse_qs(body.decode())["f.req"][0])
    text, language, *_ = json.loads(call[0][0][1])
    return text, language


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs the program openssl to make a certificate")
    file = tmp_path_factory.mktemp("tls") / "stand-in.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=stand-in"]
    subprocess.run(
        [*command, "-keyout", file, "-out", f"{file}.crt"], check=True, stderr=subprocess.DEVNULL
    )
    with file.open("ab") as both:
        both.write(Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def google(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    stand_in = Google(certificate)
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", stand_in.proxy)
    yield stand_in
    stand_in.close()
