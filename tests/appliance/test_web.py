"""The `http` step's requests, against a real server on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from appliance.web import LARGEST_BODY, request


class Handler(BaseHTTPRequestHandler):
    release = threading.Event()

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, "application/json", json.dumps({"got": json.loads(data)}).encode())

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.release.wait(30)
        elif self.path == "/large":
            self._answer(200, "text/plain", b"x" * (LARGEST_BODY + 1))
        elif self.path == "/broken":
            self._answer(200, "application/json", b"{no json")
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/")
            self.end_headers()
        else:
            self._answer(404, "text/plain", "nicht da: ü".encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Handler.release.clear()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Handler.release.set()
    server.shutdown()
    server.server_close()


def test_json_goes_and_comes(url: str) -> None:
    reply = request("POST", url, {"number": "1234"}, {}, 10)
    assert (reply.status, reply.data) == (200, {"got": {"number": "1234"}})


def test_text_is_given_as_text_with_its_status(url: str) -> None:
    reply = request("GET", f"{url}/else", None, {}, 10)
    assert (reply.status, reply.data) == (404, "nicht da: ü")


def test_redirects_are_not_followed(url: str) -> None:
    assert request("GET", f"{url}/away", None, {}, 10).status == 302


@pytest.mark.parametrize(
    ("path", "limit", "message"),
    [
        ("/slow", 0.2, "no answer in 0.2 s"),
        ("/large", 10, "larger than"),
        ("/broken", 10, "Expecting property name"),
    ],
)
def test_trouble_is_a_reply_with_a_reason(url: str, path: str, limit: float, message: str) -> None:
    reply = request("GET", url + path, None, {}, limit)
    assert reply.status == 0
    assert message in reply.error


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "file:///etc/passwd", "http://[::bad", "no url", "http://"]
)
def test_odd_addresses_are_told(address: str) -> None:
    reply = request("GET", address, None, {}, 5)
    assert reply.status == 0
    assert reply.error
