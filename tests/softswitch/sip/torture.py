"""Messages after RFC 4475, each bent in the way that its section describes.

`MESSAGES` maps the RFC's name to the bytes and to what we make of them: the status of our
refusal, None for a request that is well formed, or DROP for what cannot be answered.
"""

DROP = -1

_SDP = (
    b"v=0\r\no=mhandley 29739 7272939 IN IP4 192.0.2.3\r\ns=-\r\nc=IN IP4 192.0.2.4\r\n"
    b"t=0 0\r\nm=audio 49217 RTP/AVP 0 12\r\na=rtpmap:31 LPC\r\n"
)


def _lines(*lines: str | bytes, body: bytes = b"") -> bytes:
    encoded = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return b"\r\n".join(encoded) + b"\r\n\r\n" + body


def _request(start: str | bytes, *extra: str | bytes, body: bytes = b"", **swap: str) -> bytes:
    """A sound request but for what is swapped; a header swapped for "" is left out."""
    first = start if isinstance(start, bytes) else start.encode()
    method = first.split()[0].decode("utf-8", "replace")
    headers = {
        "To": "sip:j.user@example.com",
        "From": "sip:caller@example.net;tag=134161461246",
        "Max-Forwards": "7",
        "Call-ID": "torture.0ha0isndaksdjasdf3234nas",
        "CSeq": f"8 {method}",
        "Via": "SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw",
    }
    headers |= {name.replace("_", "-"): value for name, value in swap.items()}
    fields = [f"{name}: {value}" for name, value in headers.items() if value]
    return _lines(first, *fields, *extra, body=body)


def _invite(*extra: str | bytes, uri: str = "sip:user@example.com", **swap: str) -> bytes:
    length = f"Content-Length: {len(_SDP)}"
    kind = "Content-Type: application/sdp"
    return _request(f"INVITE {uri} SIP/2.0", *extra, kind, length, body=_SDP, **swap)


_WSINV = _lines(
    "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0",
    "TO :",
    " sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
    'from   : "J Rosen \\\\\\""       <sip:jdrosen@example.com>',
    "  ;",
    "  tag = 98asjd8",
    "MaX-fOrWaRdS: 0068",
    "Call-ID: wsinv.ndaksdj@192.0.2.1",
    "Content-Length   : 150",
    "cseq: 0009",
    "  INVITE",
    "Via  : SIP  /   2.0",
    " /UDP",
    "    192.0.2.2;branch=390skdjuw",
    "s :",
    "NewFangledHeader:   newfangled value",
    " continued newfangled value",
    "UnknownHeaderWithUnusualValue: ;;,,;;,;",
    "Content-Type: application/sdp",
    "Route:",
    " <sip:services.example.com;lr;unknownwith=value;unknown-no-value>",
    "v:  SIP  / 2.0  / TCP     spindle.example.com   ;",
    "  branch  =   z9hG4bK9ikj8  ,",
    " SIP  /    2.0   / UDP  192.168.255.111   ; branch=",
    " z9hG4bK30239",
    'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =',
    "      newvalue ;",
    "  secondparam ; q = 0.33",
    body=_SDP[:150].ljust(150, b" "),
)

_INTMETH = _lines(
    "!interesting-Method0123456789_*+`.%indeed'~ "
    "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too."
    "(doesn't-it)@example.com SIP/2.0",
    "Via: SIP/2.0/UDP host1.example.com;branch=z9hG4bK-.!%66*_+`'~",
    b'To: "BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f" <sip:1_unusual.URI~(to-be!sure)@example.com>',
    b"From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>"
    b";fromParam''~+*_!.-%=\"\xd1\x80\xd0\xb0\xd0\xb1\";tag=_token~1'+`*%!-.",
    "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{",
    "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~",
    "Max-Forwards: 255",
    "extensionHeader-!.%*+_`'~: 大停電",
    "Content-Length: 0",
)

_LONG = "very" * 60
_LONGREQ = _invite(
    f"Unknown-{'Long' * 20}-Name: unknown-{'long' * 20}-value; "
    f"unknown-{'long' * 20}-parameter-name = unknown-{'long' * 20}-parameter-value",
    *(f"v: SIP/2.0/TCP sip{number}.example.com" for number in range(33, 0, -1)),
    f"Contact: <sip:amazinglylongcallername{_LONG}@host5.example.net>",
    To=f'"I have a user name of {"extreme" * 10} proportion" <sip:user@example.com:6000;'
    f"unknownparam1={_LONG};longparam{'name' * 30}=shortvalue;{_LONG}ParameterNameWithNoValue>",
    From=f"sip:amazinglylongcallername{'long' * 60}@example.net;tag=12{'982' * 60}424;"
    f"unknownheaderparam{'name' * 30}=unknowheaderparam{'value' * 15};"
    f"unknownValueless{'param' * 15}",
    Call_ID=f"longreq.one{'really' * 20}longcallid",
)

_DOUBLE = _request("REGISTER sip:example.com SIP/2.0", "Content-Length: 0") + _invite()
_MULTIPART = (
    b"--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n--7a9cbec02ceef655\r\n"
    b"Content-Type: application/octet-stream\r\n\r\n" + bytes(range(256)) + b"\r\n"
    b"--7a9cbec02ceef655--\r\n"
)
_BAD_CONTACT = "Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E"

MESSAGES: dict[str, tuple[bytes, int | None]] = {
    # 3.1.1: valid, if hard on the eyes
    "wsinv": (_WSINV, None),
    "intmeth": (_INTMETH, 405),
    "esc01": (_invite(uri="sip:sips%3Auser%40example.com@example.net"), None),
    "escnull": (
        _request(
            "REGISTER sip:example.com SIP/2.0",
            "Contact: <sip:%00@host5.example.com>",
            "Contact: <sip:%00%00@host5.example.com>",
            To="sip:null-%00-null@example.com",
            From="sip:null-%00-null@example.com;tag=839923423",
        ),
        None,
    ),
    "esc02": (
        _request(
            "RE%47IST%45R sip:registrar.example.com SIP/2.0",
            "Contact: <sip:alias1@host1.example.com>",
            To='"%Z%45" <sip:resource@example.com>',
            From='"%Z%45" <sip:resource@example.com>;tag=f232jadfj23',
        ),
        405,
    ),
    "lwsdisp": (
        _request("OPTIONS sip:user@example.com SIP/2.0", From="caller<sip:c@example.com>;tag=323"),
        None,
    ),
    "longreq": (_LONGREQ, None),
    "dblreq": (_DOUBLE, None),
    "semiuri": (_request("OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0"), None),
    "transports": (
        _request(
            "OPTIONS sip:user@example.com SIP/2.0",
            *(
                f"Via: SIP/2.0/{kind} t1.example.com;branch=z9hG4bK{kind}"
                for kind in ("SCTP", "TLS", "UNKNOWN", "TCP")
            ),
        ),
        None,
    ),
    "mpart01": (
        _request(
            "MESSAGE sip:kumiko@example.org SIP/2.0",
            "Content-Type: multipart/mixed;boundary=7a9cbec02ceef655",
            f"Content-Length: {len(_MULTIPART)}",
            body=_MULTIPART,
        ),
        405,
    ),
    # 3.1.2: invalid
    "badinv01": (_invite("Contact: <sip:caller@example.net>;;;;", From='sip:c@d;tag="1'), None),
    "clerr": (
        _request("INVITE sip:user@example.com SIP/2.0", "Content-Length: 9999", body=_SDP),
        400,
    ),
    "ncl": (_request("INVITE sip:u@example.com SIP/2.0", "Content-Length: -999", body=_SDP), 400),
    "scalar02": (
        _request("REGISTER sip:example.com SIP/2.0", CSeq="36893488147419103232 REGISTER"),
        400,
    ),
    "scalar02_forwards": (_request("OPTIONS sip:e.com SIP/2.0", Max_Forwards="300"), 400),
    "quotbal": (_invite(To='"Mr. J. User <sip:j.user@example.com>'), 400),
    "ltgtruri": (_invite(uri="<sip:user@example.com>"), 400),
    "lwsruri": (_invite(uri="sip:user@example.com; lr"), 400),
    "lwsstart": (_request("INVITE  sip:user@example.com  SIP/2.0"), 400),
    "trws": (_request("OPTIONS sip:remote-target@example.com SIP/2.0  "), 400),
    "escruri": (_invite(uri="sip:user@example.com?Route=%3Csip:example.com%3E"), None),
    "baddate": (_invite("Date: Fri, 01 Jan 2010 16:00:00 EST"), None),
    "regbadct": (_request("REGISTER sip:example.com SIP/2.0", _BAD_CONTACT), None),
    "badaspec": (_request("OPTIONS sip:u@e.com SIP/2.0", To='"Bell" <sip:t. watson@e.com>'), 400),
    "baddn": (_request("OPTIONS sip:u@e.com SIP/2.0", From="Bell, A <sip:b@e.com>;tag=4"), 400),
    "badvers": (_request("OPTIONS sip:t.watson@example.org SIP/7.0"), 505),
    "mismatch01": (_request("OPTIONS sip:u@example.com SIP/2.0", CSeq="8 INVITE"), 400),
    "mismatch02": (_request("NEWMETHOD sip:u@example.com SIP/2.0", CSeq="8 INVITE"), 400),
    "bigcode": (_lines("SIP/2.0 4294967301 better not break the receiver"), DROP),
    # 3.3: well formed, but not for us
    "insuf": (_request("INVITE sip:user@example.com SIP/2.0", Call_ID="", From="", To=""), 400),
    "unkscm": (_request("OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0"), 416),
    "novelsc": (_request("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0"), 416),
    "unksm2": (
        _request("REGISTER sip:example.com SIP/2.0", To="isbn:2983792873", From="isbn:1;tag=3"),
        None,
    ),
    "bext01": (
        _request("OPTIONS sip:user@example.com SIP/2.0", "Require: nothingSupportsThis"),
        420,
    ),
    "invut": (
        _request(
            "INVITE sip:user@example.com SIP/2.0",
            "Content-Type: application/unknownformat",
            "Content-Length: 5",
            body=b"<a/>\n",
        ),
        415,
    ),
    "regaut01": (
        _request("REGISTER sip:e.com SIP/2.0", "Authorization: NoOneKnows a=opaque, b=data"),
        None,
    ),
    "multi01": (_invite("CSeq: 9 INVITE", "Call-ID: another", "From: sip:b@c;tag=3"), 400),
    "mcl01": (
        _request("OPTIONS sip:u@e.com SIP/2.0", "Content-Length: 13", "Content-Length: 5"),
        400,
    ),
    "zeromf": (_request("OPTIONS sip:user@example.com SIP/2.0", Max_Forwards="0"), None),
    "zeromf_invite": (_invite(Max_Forwards="0"), 483),
    "cparam01": (
        _request("REGISTER sip:e.com SIP/2.0", "Contact: sip:+19725552222@gw1.e.net;unknownparam"),
        None,
    ),
    "cparam02": (
        _request("REGISTER sip:e.com SIP/2.0", "Contact: <sip:+197@gw1.e.net;unknownparam>"),
        None,
    ),
    "regescrt": (
        _request("REGISTER sip:e.com SIP/2.0", "Contact: <sip:user@e.com?Route=%3Csip:s%3E>"),
        None,
    ),
    "sdp01": (_invite("Accept: text/nobodyKnowsThis"), None),
    # 3.4: from the time of RFC 2543
    "inv2543": (
        _invite(
            From="sip:iuser@example.net",
            Via="SIP/2.0/UDP iftgw.example.com",
            Contact="sip:iuser@example.com",
        ),
        None,
    ),
}

RESPONSES = {
    "unreason": (b"SIP/2.0 200 = 2**3 * 5**2 \xd0\xbd\xd0\xbe \xd1\x81\xd1\x82\xd0\xbe", True),
    "noreason": (b"SIP/2.0 100 ", True),
    "bcast": (b"SIP/2.0 200 OK", True),
    "scalarlg": (b"SIP/2.0 503 Service Unavailable", False),
}
