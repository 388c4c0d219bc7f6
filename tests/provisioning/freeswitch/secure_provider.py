"""A provider that is reached by TLS alone, and takes the registration of one account."""

import re
import socket
import ssl
import threading

from provisioning.freeswitch.facts import Gateway
from tests.certificates import Certificate
from tests.contract import sip
from tests.switch_plan import HOST


class SecureProvider:
    def __init__(self, name: str, certificate: Certificate) -> None:
        self.name = name
        self.registered = threading.Event()
        self.refused = threading.Event()
        """Somebody ended the connection instead of trusting the certificate."""
        self._context = certificate.server_side
        self._socket = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def gateway(self) -> Gateway:
        port = self._socket.getsockname()[1]
        return Gateway(self.name, f"{HOST}:{port}", "tls", user="84930", password="x")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(plain,), daemon=True).start()

    def _talk(self, plain: socket.socket) -> None:
        try:
            with self._context.wrap_socket(plain, server_side=True) as line:
                self._answer_all(line)
        except OSError:  # ssl.SSLError is one
            if not self.registered.is_set():
                self.refused.set()

    def _answer_all(self, line: ssl.SSLSocket) -> None:
        read = b""
        while more := line.recv(65535):
            read += more
            while b"\r\n\r\n" in read:
                request, read = _split(read)
                message = sip.parse(request)
                if message and not message.status:
                    line.sendall(self._answer(message))
        if not self.registered.is_set():
            self.refused.set()

    def _answer(self, message: sip.Message) -> bytes:
        if message.method == "REGISTER":
            self.registered.set()
        more = (("Contact", message["Contact"]), ("Expires", "600"))
        return sip.response(message, "200 OK", "provider", *more)


def _split(read: bytes) -> tuple[bytes, bytes]:
    head, _, rest = read.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)content-length: *(\d+)", head)
    length = int(found[1]) if found else 0
    return head + b"\r\n\r\n" + rest[:length], rest[length:]
