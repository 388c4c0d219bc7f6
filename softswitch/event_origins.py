"""Where in FreeSWITCH's source an event comes from: programs print it, so it is kept."""

_CORE = ("switch_core.c", "core_event", "1")
_SESSION = "switch_core_session.c"
_CHANNEL = "switch_channel.c"
_MACHINE = "switch_core_state_machine.c"
_PLAY = "switch_ivr_play_say.c"

_ORIGINS: dict[str, tuple[str, str, str]] = {
    "BACKGROUND_JOB": ("mod_event_socket.c", "api_exec", "1572"),
    "CHANNEL_ANSWER": (_CHANNEL, "switch_channel_perform_mark_answered", "3846"),
    "CHANNEL_BRIDGE": ("switch_ivr_bridge.c", "switch_ivr_multi_threaded_bridge", "1689"),
    "CHANNEL_CALLSTATE": (_CHANNEL, "switch_channel_perform_set_callstate", "301"),
    "CHANNEL_CREATE": (_MACHINE, "switch_core_session_run", "626"),
    "CHANNEL_DATA": ("mod_event_socket.c", "parse_command", "2021"),
    "CHANNEL_DESTROY": (_SESSION, "switch_core_session_perform_destroy", "1584"),
    "CHANNEL_EXECUTE": (_SESSION, "switch_core_session_exec", "2944"),
    "CHANNEL_EXECUTE_COMPLETE": (_SESSION, "switch_core_session_exec", "2967"),
    "CHANNEL_HANGUP": (_CHANNEL, "switch_channel_perform_hangup", "3445"),
    "CHANNEL_HANGUP_COMPLETE": (_MACHINE, "switch_core_session_reporting_state", "943"),
    "CHANNEL_HOLD": (_CHANNEL, "switch_channel_mark_hold", "875"),
    "CHANNEL_ORIGINATE": (_MACHINE, "switch_core_session_run", "632"),
    "CHANNEL_OUTGOING": (_SESSION, "switch_core_session_outgoing_channel", "768"),
    "CHANNEL_PARK": ("switch_ivr.c", "switch_ivr_park", "1002"),
    "CHANNEL_PROGRESS": (_CHANNEL, "switch_channel_perform_mark_ring_ready_value", "3505"),
    "CHANNEL_PROGRESS_MEDIA": (_CHANNEL, "switch_channel_perform_mark_pre_answered", "3560"),
    "CHANNEL_STATE": (_CHANNEL, "switch_channel_perform_set_running_state", "2408"),
    "CHANNEL_UNBRIDGE": ("switch_ivr_bridge.c", "switch_ivr_multi_threaded_bridge", "1879"),
    "CHANNEL_UNHOLD": (_CHANNEL, "switch_channel_mark_hold", "875"),
    "CHANNEL_UNPARK": ("switch_ivr.c", "switch_ivr_park", "1213"),
    "DTMF": (_CHANNEL, "switch_channel_dequeue_dtmf", "677"),
    "HEARTBEAT": ("switch_core.c", "send_heartbeat", "95"),
    "MESSAGE_QUERY": ("sofia_reg.c", "sofia_reg_handle_register_token", "2168"),
    "PLAYBACK_START": (_PLAY, "switch_ivr_play_file", "1646"),
    "PLAYBACK_STOP": (_PLAY, "switch_ivr_play_file", "2020"),
    "RECORD_START": (_PLAY, "switch_ivr_record_file_event", "767"),
    "RECORD_STOP": (_PLAY, "switch_ivr_record_file_event", "1030"),
}
_CUSTOM = {
    "conference::maintenance": ("mod_conference.c", "conference_event", "1"),
    "sofia::register": ("sofia_reg.c", "sofia_reg_handle_register_token", "1810"),
}


def origin(name: str, subclass: str = "") -> tuple[str, str, str]:
    """File, function and line."""
    return _CUSTOM.get(subclass) or _ORIGINS.get(name, _CORE)
