"""A phone that calls over TLS and takes encrypted audio alone."""

import re
import socket
import ssl

from tests.contract import sip

LIMIT = 60.0
KEY = "A" * 40
"""Of the audio: 30 bytes in base64 (RFC 4568, 6.1). Nobody sends any."""


class SecureCaller:
    """One call; whatever certificate the other side has is taken."""

    def __init__(self, where: tuple[str, int], number: str) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.line = context.wrap_socket(socket.create_connection(where, timeout=LIMIT))
        host, port = self.line.getsockname()[:2]
        self.here = f"{host}:{port}"
        self.host = host
        self.uri = f"sip:{number}@{where[0]}:{where[1]}"
        self.turn = 0
        self._read = b""

    def invite(self, *more: sip.Header) -> sip.Message:
        """Call; the final answer."""
        self.turn += 1
        headers = [
            ("Via", f"SIP/2.0/TLS {self.here};branch={sip.new_branch()}"),
            ("From", "<sip:200@pressline.internal>;tag=1"),
            ("To", f"<{self.uri}>"),
            ("Call-ID", f"{self.here}@tls"),
            ("CSeq", f"{self.turn} INVITE"),
            ("Contact", f"<sip:200@{self.here};transport=tls>"),
            ("Max-Forwards", "70"),
            *more,
        ]
        self.line.sendall(sip.write(f"INVITE {self.uri} SIP/2.0", headers, self._offer()))
        return self._final()

    def proof(self, asked: sip.Message, user: str, secret: str) -> sip.Header:
        challenge = asked["Proxy-Authenticate"]
        return "Proxy-Authorization", sip.digest(challenge, "INVITE", self.uri, user, secret)

    def _offer(self) -> str:
        return (
            f"v=0\r\no=- 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\n"
            "m=audio 40000 RTP/SAVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
            f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}\r\n"
        )

    def _final(self) -> sip.Message:
        while True:
            message = sip.parse(self._next())
            if message and message.status >= 200 and message.sequence == self.turn:
                return message

    def _next(self) -> bytes:
        """The next message on the stream."""
        while b"\r\n\r\n" not in self._read:
            self._read += self.line.recv(65535)
        head, _, rest = self._read.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)content-length: *(\d+)", head)
        length = int(found[1]) if found else 0
        while len(rest) < length:
            rest += self.line.recv(65535)
        self._read = rest[length:]
        return head + b"\r\n\r\n" + rest[:length]
