"""What a caller hears before the tone."""

from collections.abc import Iterator

from ivr_flows.errors import TextFailed
from ivr_flows.line import Line
from ivr_flows.ports import CallFailed, Prompt, SpeechFailed
from ivr_flows.sentences import Words
from ivr_flows.text import Text
from voicemail.deposit.words import INVITATION, REACHED, REASONS
from voicemail.ports import Door, Greeting


def greet(line: Line, door: Door, own: Text | None, kind: str) -> str:
    """The key that cut it short, or empty. `own` words stand before those of the box.

    Where one greeting cannot be played the next simpler one is; at last there is only the tone.
    Raises `CallEnded`, `SwitchLost`.
    """
    # A step's own words are noted as they are made.
    hear = line.hear if own is None else line.listen
    for prompts in _choices(line, door, own, kind):
        try:
            return hear(prompts)
        except CallFailed as failure:
            line.unsaid(failure)
    return ""


def _choices(line: Line, door: Door, own: Text | None, kind: str) -> Iterator[list[Prompt]]:
    if own is not None:
        yield from _own(line, own)
    elif kind == "none":
        return
    elif door.greeting is not None:
        kind = door.greeting.kind
        yield from _of_box(line, door.greeting)
    yield line.words(*_usual(line, door.box.title, kind))


def _own(line: Line, text: Text) -> Iterator[list[Prompt]]:
    try:
        yield line.context.prompts(text, line.language)
    except (TextFailed, SpeechFailed) as failure:
        line.unsaid(failure)


def _of_box(line: Line, greeting: Greeting) -> Iterator[list[Prompt]]:
    if greeting.path is not None:
        yield [Prompt(greeting.path, f"[greeting: {greeting.kind}]")]
    elif greeting.text:
        yield line.words(greeting.text)


def _usual(line: Line, title: str, kind: str) -> Iterator[Words | str]:
    if title:
        yield REACHED[line.language].format(title=title)
    if kind in REASONS:
        yield REASONS[kind]
    yield INVITATION
