"""Channel events of the size and shape that FreeSWITCH 1.10 sends: 150 headers, 6 kB."""

import json
import uuid
from urllib.parse import quote

UNENCODED = "/,()!*'~-._"
"""What FreeSWITCH's plain events leave as it is, beside letters and digits."""

# A tilde stands for a space in the tables below.
HEADERS = """
Event-Name=CHANNEL_EXECUTE_COMPLETE Core-UUID={core} FreeSWITCH-Hostname=desk
FreeSWITCH-Switchname=desk FreeSWITCH-IPv4=192.0.2.2 FreeSWITCH-IPv6=2001:db8::2
Event-Date-Local=2027-01-04~09:00:00 Event-Date-GMT=Mon,~04~Jan~2027~09:00:00~GMT
Event-Date-Timestamp={time} Event-Calling-File=switch_core_session.c
Event-Calling-Function=switch_core_session_exec Event-Calling-Line-Number=2967
Event-Sequence={number} Channel-State=CS_EXECUTE Channel-Call-State=ACTIVE Channel-State-Number=4
Channel-Name={channel} Unique-ID={uuid} Call-Direction=inbound Presence-Call-Direction=inbound
Channel-HIT-Dialplan=true Channel-Call-UUID={uuid} Answer-State=answered
Channel-Read-Codec-Name=PCMU Channel-Read-Codec-Rate=8000 Channel-Read-Codec-Bit-Rate=64000
Channel-Write-Codec-Name=PCMU Channel-Write-Codec-Rate=8000 Channel-Write-Codec-Bit-Rate=64000
Caller-Direction=inbound Caller-Logical-Direction=inbound Caller-Username=1000 Caller-Dialplan=XML
Caller-Caller-ID-Name={name} Caller-Caller-ID-Number=1000 Caller-Orig-Caller-ID-Name={name}
Caller-Orig-Caller-ID-Number=1000 Caller-Network-Addr=127.0.0.1 Caller-ANI=1000
Caller-Destination-Number=100 Caller-Unique-ID={uuid} Caller-Source=mod_sofia
Caller-Context=public Caller-Channel-Name={channel} Caller-Profile-Index=1
Caller-Profile-Created-Time={time} Caller-Channel-Created-Time={time}
Caller-Channel-Answered-Time={time} Caller-Channel-Progress-Time=0
Caller-Channel-Progress-Media-Time=0 Caller-Channel-Hangup-Time=0 Caller-Channel-Transfer-Time=0
Caller-Channel-Resurrect-Time=0 Caller-Channel-Bridged-Time=0 Caller-Channel-Last-Hold=0
Caller-Channel-Hold-Accum=0 Caller-Screen-Bit=true Caller-Privacy-Hide-Name=false
Caller-Privacy-Hide-Number=false
"""

VARIABLES = """
direction=inbound uuid={uuid} session_id={number} sip_from_user=1000 sip_from_port=15104
sip_from_uri=1000@127.0.0.1:15104 sip_from_host=127.0.0.1 video_media_flow=disabled
text_media_flow=disabled channel_name={channel} sip_local_network_addr=127.0.0.1
sip_network_ip=127.0.0.1 sip_network_port=15104 sip_invite_stamp={time} sip_received_ip=127.0.0.1
sip_received_port=15104 sip_via_protocol=udp sip_from_user_stripped=1000
sofia_profile_name=internal sofia_profile_url=sip:mod_sofia@127.0.0.1:5060
recovery_profile_name=internal sip_req_user=100 sip_req_port=5060 sip_req_uri=100@127.0.0.1:5060
sip_req_host=127.0.0.1 sip_to_user=100 sip_to_port=5060 sip_to_uri=100@127.0.0.1:5060
sip_to_host=127.0.0.1 sip_contact_user=1000 sip_contact_port=15104
sip_contact_uri=1000@127.0.0.1:15104 sip_contact_host=127.0.0.1 sip_via_host=127.0.0.1
sip_via_port=15104 max_forwards=70 switch_r_sdp={sdp}
ep_codec_string=CORE_PCM_MODULE.PCMU@8000h@20i@64000b rtp_use_codec_string=PCMU,PCMA
remote_video_media_flow=inactive remote_text_media_flow=inactive remote_audio_media_flow=sendrecv
audio_media_flow=sendrecv rtp_audio_recv_pt=0 rtp_use_codec_name=PCMU rtp_use_codec_rate=8000
rtp_use_codec_ptime=20 rtp_use_codec_channels=1 rtp_last_audio_codec_string=PCMU@8000h@20i@1c
read_codec=PCMU original_read_codec=PCMU read_rate=8000 original_read_rate=8000 write_codec=PCMU
write_rate=8000 dtmf_type=rfc2833 call_uuid={uuid} socket_host=127.0.0.1 rtp_local_sdp_str={sdp}
local_media_ip=127.0.0.1 local_media_port=26884 advertised_media_ip=127.0.0.1
rtp_use_timer_name=soft rtp_use_pt=0 rtp_use_ssrc=2098284821 rtp_2833_send_payload=101
rtp_2833_recv_payload=101 remote_media_ip=127.0.0.1 remote_media_port=16104
endpoint_disposition=ANSWER sip_to_tag=3tZFFQ8e6aZ9D sip_from_tag=69aca2 sip_cseq=1
sip_call_id={uuid}@phone sip_full_via=SIP/2.0/UDP~127.0.0.1:15104;branch=z9hG4bKe1e1fdb7
sip_from_display={name} sip_full_from="{name}"~<sip:1000@127.0.0.1:15104>;tag=69aca2
sip_full_to=<sip:100@127.0.0.1:5060>;tag=3tZFFQ8e6aZ9D current_loop=1 total_loops=1
current_application_data=/prompts/welcome.wav current_application=playback
playback_last_offset_pos=4800 playback_seconds=0 playback_ms=600 playback_samples=4800
current_application_response=FILE~PLAYED
"""

LAST = """
Application=playback Application-Data=/prompts/welcome.wav Application-Response=FILE~PLAYED
Application-UUID=step-{number}
"""

SDP = (
    "v=0\r\no=FreeSWITCH 1795258169 1795258170 IN IP4 127.0.0.1\r\ns=FreeSWITCH\r\n"
    "c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 26884 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
)


def headers(number: int) -> dict[str, str]:
    """The headers of event `number`; no two events are the same."""
    own = {
        "core": "179c5e89-3fe8-4b93-81ad-eee2af46ee9a",
        "uuid": str(uuid.UUID(int=number)),
        "time": str(1795285053311941 + number),
        "number": str(number),
        "channel": "sofia/internal/1000@127.0.0.1:15104",
        "name": "Test Phone",
        "sdp": SDP,
    }
    return _filled(HEADERS, "", own) | _filled(VARIABLES, "variable_", own) | _filled(LAST, "", own)


def _filled(words: str, prefix: str, own: dict[str, str]) -> dict[str, str]:
    pairs = (word.split("=", 1) for word in words.split())
    return {prefix + key: value.replace("~", " ").format(**own) for key, value in pairs}


def plain(number: int) -> bytes:
    lines = "".join(
        f"{name}: {quote(value, safe=UNENCODED)}\n" for name, value in headers(number).items()
    )
    return _framed(f"{lines}\n".encode(), "text/event-plain")


def as_json(number: int) -> bytes:
    text = json.dumps(headers(number), separators=(",", ":"), ensure_ascii=False)
    return _framed(text.encode(), "text/event-json")


def _framed(body: bytes, kind: str) -> bytes:
    return f"Content-Length: {len(body)}\nContent-Type: {kind}\n\n".encode() + body
