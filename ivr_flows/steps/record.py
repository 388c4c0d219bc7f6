"""record: take a message from the caller."""

from collections.abc import Mapping
from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.ports import Call, RecordRule
from ivr_flows.quantities import Duration, FinishKey, Variable
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.text import TextField


class Record(Step):
    """Records what the caller says."""

    verb: ClassVar[str] = "record"
    example: ClassVar[str] = """\
record:
  say: "Leave your message after the tone, then press the hash key."
  max: 2m
  store: message
next: thanks
"""
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "too_short": Event("the recording is shorter than `min`", "next"),
        "hangup": Event("the caller hung up; the recording is kept", "next"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True

    say: TextField | None = None
    """Said before the tone."""
    max: Duration = 120.0
    """Longest recording, in seconds."""
    min: Duration = 1.0
    """What is shorter is `too_short`, in seconds."""
    silence: Duration = 4.0
    """Silence that ends the recording, in seconds; `0s` for never."""
    finish_on_key: FinishKey = "#"
    """Key that ends the recording; `none` for no such key."""
    beep: bool = True
    """Whether a tone is played first."""
    store: Variable | None = None
    """Variable that takes `path` (of the file) and `seconds`."""

    def run(self, call: Call, context: Context) -> str:
        prompts = context.prompts(self.say)
        if prompts:
            call.play(prompts)
        rule = RecordRule(self.max, self.silence, self.finish_on_key, self.beep)
        recording = call.record(context.recording_path(), rule)
        context.keep(recording)
        context.store(
            self.store, {"path": str(recording.path), "seconds": round(recording.seconds, 1)}
        )
        context.note("recorded", f"{recording.seconds:.1f} s, ended by {recording.finished_by}")
        if recording.finished_by == "hangup":
            return "hangup"
        return DONE if recording.seconds >= self.min else "too_short"
