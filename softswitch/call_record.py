"""What a channel's variables say once the call is over: stamps, durations, counters."""

import time

from softswitch.causes import Q850
from softswitch.media.arrivals import as_variables
from softswitch.profile import Times
from softswitch.session import Session


def record_variables(session: Session) -> dict[str, str]:
    channel, times = session.channel, session.channel.profile.times
    known = {
        "hangup_cause": channel.cause,
        "hangup_cause_q850": str(Q850.get(channel.cause, 16)),
        "digits_dialed": "".join(session.keypad.dialed) or "none",
    }
    known |= _stamps(times) | _epochs(times) | _last_application(session)
    profile = channel.profile
    known["caller_id"] = f'"{profile.caller_name}" <{profile.caller_number}>'
    known |= _durations(times)
    known["sip_hangup_disposition"] = session.variables.get("sip_hangup_disposition", "")
    return known | _counters(session)


def _stamps(times: Times) -> dict[str, str]:
    moments = {
        "start": times.created,
        "profile_start": times.profile,
        "answer": times.answered,
        "bridge": times.bridged,
        "progress": times.progress,
        "progress_media": times.progress_media,
        "end": times.hangup,
    }
    return {f"{name}_stamp": _stamp(moment) for name, moment in moments.items() if moment}


def _stamp(moment: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment / 1e6))


def _epochs(times: Times) -> dict[str, str]:
    known = {}
    moments = {
        "start": times.created,
        "profile_start": times.profile,
        "answer": times.answered,
        "bridge": times.bridged,
        "last_hold": times.held,
    }
    for name, moment in moments.items():
        known[f"{name}_epoch"] = str(moment // 1_000_000)
        known[f"{name}_uepoch"] = str(moment)
    for unit, divisor in (("seconds", 1_000_000), ("usec", 1), ("ms", 1000)):
        known[f"hold_accum_{unit}"] = str(times.hold_accum // divisor)
    later = {
        "resurrect": 0,
        "progress": times.progress,
        "progress_media": times.progress_media,
        "end": times.hangup,
    }
    for name, moment in later.items():
        known[f"{name}_epoch"] = str(moment // 1_000_000)
        known[f"{name}_uepoch"] = str(moment)
    return known


def _last_application(session: Session) -> dict[str, str]:
    name, argument = session.last_application
    known = {"last_app": name, "last_arg": argument}
    return {key: value for key, value in known.items() if value}


def _durations(times: Times) -> dict[str, str]:
    lengths = {
        "duration": times.hangup - times.created,
        "billsec": times.hangup - times.answered if times.answered else 0,
        "progresssec": times.progress - times.created if times.progress else 0,
        "answersec": times.answered - times.created if times.answered else 0,
        "waitsec": times.bridged - times.created if times.bridged else 0,
        "progress_mediasec": times.progress_media - times.created if times.progress_media else 0,
        "flow_billsec": times.hangup - times.created,
    }
    known = {}
    for name, length in lengths.items():
        # switch_core.c counts whole seconds between whole seconds, so 0.6 s may be 1.
        known[name] = str((length + 500_000) // 1_000_000)
    for name, length in lengths.items():
        known[_unit(name, "m")] = str(length // 1000)
    for name, length in lengths.items():
        known[_unit(name, "u")] = str(length)
    return known


def _unit(name: str, unit: str) -> str:
    """`billsec` becomes `billmsec`, `duration` becomes `mduration`."""
    return f"{unit}duration" if name == "duration" else f"{name[:-3]}{unit}sec"


def _counters(session: Session) -> dict[str, str]:
    port = session.port
    known = {}
    for way, packets in (("in", port.packets_in), ("out", port.packets_out)):
        known[f"rtp_audio_{way}_raw_bytes"] = str(packets * 172)
        known[f"rtp_audio_{way}_media_bytes"] = str(packets * 172)
        known[f"rtp_audio_{way}_packet_count"] = str(packets)
        known[f"rtp_audio_{way}_media_packet_count"] = str(packets)
    return known | as_variables(port.arrivals)
