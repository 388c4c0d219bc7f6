"""Making a response to a request (RFC 3261, section 8.2.6)."""

from softswitch.sip.message import Headers, Request, Response

REASONS = {
    100: "Trying",
    180: "Ringing",
    181: "Call Is Being Forwarded",
    182: "Queued",
    183: "Session Progress",
    200: "OK",
    202: "Accepted",
    302: "Moved Temporarily",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    410: "Gone",
    415: "Unsupported Media Type",
    416: "Unsupported URI Scheme",
    420: "Bad Extension",
    423: "Interval Too Brief",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    482: "Loop Detected",
    483: "Too Many Hops",
    484: "Address Incomplete",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    489: "Bad Event",
    491: "Request Pending",
    500: "Server Internal Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Server Time-out",
    505: "Version Not Supported",
    600: "Busy Everywhere",
    603: "Decline",
    604: "Does Not Exist Anywhere",
    606: "Not Acceptable",
}


def phrase(status: int) -> str:
    return REASONS.get(status, "Unknown")


def response_to(request: Request, status: int, reason: str = "", *, tag: str = "") -> Response:
    """The tag is added to To where it has none yet."""
    headers = Headers(("Via", via) for via in request.headers.all("Via"))
    headers.add("From", request.header("From"))
    headers.add("To", tagged(request.header("To"), tag))
    headers.add("Call-ID", request.call_id)
    headers.add("CSeq", request.header("CSeq"))
    return Response(headers=headers, status=status, reason=reason or phrase(status))


def tagged(address: str, tag: str) -> str:
    """An address that came without a tag, with one."""
    behind = address.rpartition(">")[2]
    return f"{address};tag={tag}" if tag and ";tag=" not in behind.replace(" ", "") else address
