"""Frames as FreeSWITCH 1.10.12 sends them, cut down to the headers that matter."""

import json
from urllib.parse import quote

UUID = "8ec7f2cd-fc04-4bdc-8f1f-3a72b7d2ce5e"
# What mod_event_socket leaves unencoded in plain events.
PLAIN = "/,()!*'~-"


def reply(text: str = "+OK") -> bytes:
    return f"Content-Type: command/reply\nReply-Text: {text}\n\n".encode()


def api_response(body: str | bytes) -> bytes:
    content = body.encode() if isinstance(body, str) else body
    return b"Content-Type: api/response\nContent-Length: %d\n\n" % len(content) + content


def event_frame(kind: str, body: bytes) -> bytes:
    return (
        b"Content-Length: %d\nContent-Type: text/event-%s\n\n"
        % (
            len(body),
            kind.encode(),
        )
        + body
    )


def plain_event(name: str, body: str = "", /, **headers: str) -> bytes:
    """Underscores in names stand for hyphens, except in `variable_…`."""
    lines = [f"Event-Name: {name}", *_plain_lines(headers)]
    if body:
        lines.append(f"Content-Length: {len(body.encode())}")
    return event_frame("plain", ("\n".join(lines) + "\n\n" + body).encode())


def json_event(name: str, /, **headers: str) -> bytes:
    given = {"Event-Name": name, "Unique-ID": UUID, **_hyphened(headers)}
    return event_frame("json", json.dumps(given, separators=(",", ":")).encode())


def connect_reply(**headers: str) -> bytes:
    given = {
        "Unique_ID": UUID,
        "Answer_State": "ringing",
        "Caller_Caller_ID_Number": "5551234",
        "Caller_Caller_ID_Name": "Ann",
        "Caller_Destination_Number": "100",
        "variable_sip_call_id": "1-2@127.0.0.1",
        **headers,
    }
    lines = ["Event-Name: CHANNEL_DATA", *_plain_lines(given)]
    lines += ["Content-Type: command/reply", "Reply-Text: %2BOK%0A", "Socket-Mode: async"]
    return ("\n".join(lines) + "\nControl: full\n\n").encode()


def notice(disposition: str) -> bytes:
    text = b"Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"
    body = text if disposition == "disconnect" else b""
    return (
        b"Content-Type: text/disconnect-notice\nControlled-Session-UUID: %s\n"
        b"Content-Disposition: %s\nContent-Length: %d\n\n"
        % (UUID.encode(), disposition.encode(), len(body))
        + body
    )


def _plain_lines(headers: dict[str, str]) -> list[str]:
    return [f"{name}: {quote(value, safe=PLAIN)}" for name, value in _hyphened(headers).items()]


def _hyphened(headers: dict[str, str]) -> dict[str, str]:
    return {
        name if name.startswith("variable_") else name.replace("_", "-"): value
        for name, value in headers.items()
    }
