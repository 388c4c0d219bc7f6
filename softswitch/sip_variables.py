"""What a SIP call sets as variables of its channel (mod_sofia). All of it comes from outside."""

from collections.abc import Iterable
from urllib.parse import unquote

from softswitch.events import microseconds
from softswitch.sip.call import SipCall
from softswitch.sip.errors import BadHeader
from softswitch.sip.offer import Agreement
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.uri import NameAddr, SipUri, parse_name_addr, parse_uri

PROFILE = "internal"
"""The name of the one SIP profile that there is."""
_NOBODY = SipUri("sip", "", "")


def name_addr(text: str) -> NameAddr:
    try:
        return parse_name_addr(text)
    except BadHeader:
        return NameAddr("", "")


def sip_uri(text: str) -> SipUri:
    try:
        return parse_uri(text)
    except BadHeader:
        return _NOBODY


def display_name(text: str) -> str:
    """A display name as mod_sofia reads it: per cents decoded, cut at a NUL, `${` defused."""
    return unquote(text, errors="replace").partition("\0")[0].replace("${", "%{")


def profile_url(address: tuple[str, int]) -> str:
    return f"sip:mod_sofia@{address[0]}:{address[1]}"


def caller_variables(call: SipCall, own: tuple[str, int]) -> dict[str, str]:
    """A call from outside, up to its session description."""
    invite = call.invite
    sender, target = name_addr(invite.header("From")), name_addr(invite.header("To"))
    host, port = call.source
    known = _address("sip_from", sip_uri(sender.uri), sender.uri)
    known |= {
        "video_media_flow": "disabled",
        "text_media_flow": "disabled",
        "channel_name": channel_name(call),
        "sip_call_id": call.call_id,
        "sip_local_network_addr": own[0],
        "sip_network_ip": host,
        "sip_network_port": str(port),
        "sip_invite_stamp": str(microseconds()),
        "sip_received_ip": host,
        "sip_received_port": str(port),
        "sip_via_protocol": "udp",
        "sip_from_user_stripped": sip_uri(sender.uri).user.lstrip("+"),
        "sip_from_tag": sender.tag,
        "sofia_profile_name": PROFILE,
        "sofia_profile_url": profile_url(own),
        "recovery_profile_name": PROFILE,
        "sip_full_via": invite.header("Via"),
        "sip_from_display": display_name(sender.name),
        "sip_full_from": invite.header("From"),
        "sip_full_to": invite.header("To"),
    }
    known |= _address("sip_req", sip_uri(invite.uri), invite.uri)
    known |= _address("sip_to", sip_uri(target.uri), target.uri)
    contact = name_addr(invite.header("Contact")).uri
    known |= _address("sip_contact", sip_uri(contact), contact)
    known |= _via(invite.header("Via")) | {"max_forwards": invite.header("Max-Forwards") or "70"}
    return known | header_variables(invite.headers)


def called_variables(call: OutgoingCall) -> dict[str, str]:
    """A call of ours, once the far end has answered anything."""
    response = call.last_response
    remote = response.header("To") if response else call.dialog.remote
    via = response.header("Via") if response else ""
    contact = name_addr(response.header("Contact")).uri if response else ""
    host, port = call.source
    known = {
        "sip_local_network_addr": call.host.endpoint.address[0],
        "sip_reply_host": host,
        "sip_reply_port": str(port),
        "sip_network_ip": host,
        "sip_network_port": str(port),
        "sip_recover_contact": response.header("Contact") if response else "",
        "sip_full_via": via,
        "sip_recover_via": via,
        "sip_full_from": call.dialog.local,
        "sip_full_to": remote,
    }
    known |= _address("sip_from", sip_uri(call.local_uri), call.local_uri)
    target = name_addr(remote).uri
    known |= _address("sip_to", sip_uri(target), target)
    known |= _address("sip_contact", sip_uri(contact), contact)
    return {name: value for name, value in known.items() if value} | {
        "sip_to_tag": name_addr(remote).tag,
        "sip_from_tag": call.local_tag,
        "sip_cseq": str(call.invite.cseq[0]),
        "sip_call_id": call.call_id,
    }


def header_variables(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """`X-` headers become `sip_h_X-…` (sofia.c, sofia_glue_copy_unknown_headers)."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name.lower().startswith("x-") and len(found) < 32:
            value = unquote(value, errors="replace")
            # switch_channel.c, var_check: a value that would be expanded is not set.
            if "${" not in value:
                found[f"sip_h_{name[:64]}"] = value
    return found


def channel_name(call: SipCall) -> str:
    sender = sip_uri(call.remote_uri)
    where = f"{sender.host}:{sender.port}" if sender.port else sender.host
    return f"sofia/{PROFILE}/{sender.user}@{where}"


def bare(uri: str) -> str:
    """`user@host:port` of an address."""
    address = sip_uri(uri)
    user = f"{address.user}@" if address.user else ""
    return f"{user}{address.host}" + (f":{address.port}" if address.port else "")


def _address(prefix: str, uri: SipUri, text: str) -> dict[str, str]:
    known = {f"{prefix}_user": uri.user} if uri.user else {}
    if uri.port:
        known[f"{prefix}_port"] = str(uri.port)
    if text:
        known[f"{prefix}_uri"] = bare(text)
        known[f"{prefix}_host"] = uri.host
    return known


def _via(text: str) -> dict[str, str]:
    sent_by = text.partition(" ")[2].partition(";")[0].strip()
    host, _, port = sent_by.rpartition(":") if ":" in sent_by else (sent_by, "", "")
    return {"sip_via_host": host} | ({"sip_via_port": port} if port else {})


def remote_media(agreed: Agreement, sdp: bytes) -> dict[str, str]:
    """What was agreed on, once the far end's session description is known."""
    codec = agreed.codec
    known = {
        "switch_r_sdp": sdp.decode("utf-8", "replace"),
        "ep_codec_string": f"CORE_PCM_MODULE.{codec}@8000h@20i@64000b",
        "rtp_use_codec_string": "PCMU,PCMA",
        "remote_video_media_flow": "inactive",
        "remote_text_media_flow": "inactive",
        "remote_audio_media_flow": "sendrecv",
        "audio_media_flow": "sendrecv",
        "remote_media_ip": agreed.remote[0],
        "remote_media_port": str(agreed.remote[1]),
        "rtp_audio_recv_pt": str(agreed.payload_type),
        "rtp_use_codec_name": codec,
        "rtp_use_codec_rate": "8000",
        "rtp_use_codec_ptime": "20",
        "rtp_use_codec_channels": "1",
        "rtp_last_audio_codec_string": f"{codec}@8000h@20i@1c",
    }
    for side in ("read", "write"):
        known[f"{side}_codec"] = codec
        known[f"{side}_rate"] = "8000"
    known |= {"original_read_codec": codec, "original_read_rate": "8000"}
    return known | {"dtmf_type": "rfc2833" if agreed.event_type is not None else "info"}


def local_media(address: tuple[str, int], agreed: Agreement, sdp: bytes) -> dict[str, str]:
    """Our own side, once it has been told to the far end."""
    known = {
        "rtp_local_sdp_str": sdp.decode("utf-8", "replace"),
        "local_media_ip": address[0],
        "local_media_port": str(address[1]),
        "advertised_media_ip": address[0],
        "rtp_use_timer_name": "soft",
        "rtp_use_pt": str(agreed.payload_type),
    }
    if agreed.event_type is not None:
        known["rtp_2833_send_payload"] = str(agreed.event_type)
        known["rtp_2833_recv_payload"] = str(agreed.event_type)
    return known


def dialog_variables(call: SipCall) -> dict[str, str]:
    """What the answered dialog adds."""
    return {
        "sip_to_tag": call.local_tag,
        "sip_cseq": str(call.invite.cseq[0]),
        "sip_full_to": f"{call.invite.header('To')};tag={call.local_tag}",
    }
