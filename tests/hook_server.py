"""A real web server on loopback that takes posts, as a webhook's receiver would."""

import ssl
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Posted:
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class HookServer:
    """What has come, and what is answered, by path; shared with the server's threads."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    answers: dict[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    """By path: (status, Location) of each answer, the last one for ever; 204 for other paths."""
    drips: frozenset[str] = frozenset()
    """Paths whose answer's head never ends."""
    hangs: frozenset[str] = frozenset()
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str) -> tuple[int, str]:
        answers = self.answers.get(path, [(204, "")])
        if len(answers) > 1:
            self.answers[path] = answers[1:]
        return answers[0]


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        hook = self.server.hook
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hook.posted.append(Posted(self.path, dict(self.headers), body))
        if self.path in hook.hangs:
            hook.ended.wait()
        elif self.path in hook.drips:
            self._drip(hook)
        else:
            self._answer(*hook.answer(self.path))

    do_GET = do_POST

    def _answer(self, status: int, location: str) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def _drip(self, hook: HookServer) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not hook.ended.wait(0.02):
            self.wfile.write(b"X: y\r\n"[:1])

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    hook: HookServer

    def handle_error(self, *_: Any) -> None:
        """A client that goes away in the middle is what some tests are about."""


class RunningHookServer:
    """`with RunningHookServer() as hook:`"""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.hook = HookServer(self._server.server_port)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> HookServer:
        self._thread.start()
        return self._server.hook

    def __exit__(self, *_: object) -> None:
        self._server.hook.ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
