"""Every application that there is, in one table."""

from softswitch.apps import answering, digits, playing, recording, setting, staying
from softswitch.apps.bridging import bridge
from softswitch.apps.conferencing import conference
from softswitch.apps.executing import execute_extension
from softswitch.apps.socket import socket
from softswitch.apps.table import Application

APPLICATIONS: dict[str, Application] = {
    "answer": Application(answering.answer),
    "bridge": Application(bridge),
    "conference": Application(conference, needs_media=True),
    "echo": Application(staying.echo, needs_media=True),
    "endless_playback": Application(playing.endless_playback, needs_media=True),
    "execute_extension": Application(execute_extension),
    "export": Application(setting.export),
    "flush_dtmf": Application(staying.flush_dtmf),
    "gentones": Application(playing.gentones, needs_media=True),
    "hangup": Application(answering.hangup),
    "info": Application(staying.info),
    "log": Application(staying.write_log),
    "multiset": Application(setting.multiset),
    "multiunset": Application(setting.multiunset),
    "park": Application(staying.park_here),
    "play_and_get_digits": Application(digits.play_and_get_digits, needs_media=True),
    "playback": Application(playing.playback, needs_media=True),
    "pre_answer": Application(answering.pre_answer),
    "read": Application(digits.read, needs_media=True),
    "record": Application(recording.record, needs_media=True),
    "record_session": Application(recording.record_session, needs_media=True),
    "respond": Application(answering.respond),
    "ring_ready": Application(answering.ring_ready),
    "sched_hangup": Application(answering.sched_hangup),
    "send_dtmf": Application(staying.send_dtmf),
    "set": Application(setting.set_variable),
    "sleep": Application(staying.sleep),
    "socket": Application(socket),
    "start_dtmf": Application(staying.nothing, needs_media=True),
    "stop_dtmf": Application(staying.nothing),
    "stop_record_session": Application(recording.stop_record_session),
    "transfer": Application(staying.transfer),
    "unset": Application(setting.unset),
}
