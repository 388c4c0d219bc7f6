"""The PIN of a session. A line that does not exist sounds like a wrong PIN."""

from ivr_flows.line import Line
from ivr_flows.ports import DigitRule
from lines.experts.ports import ExpertLines, LineFacts, SignedIn
from lines.experts.talk.staff_words import ASK_PIN, LOCKED, WRONG
from lines.experts.talk.words import GOODBYE

ENTRY = DigitRule(max_digits=32, first_timeout=8.0, digit_timeout=4.0)
"""Longer than any PIN, so that the hash key always ends the entry."""


def sign_in(line: Line, lines: ExpertLines, facts: LineFacts, attempts: int) -> SignedIn | None:
    """Whose PIN was keyed; None after polite words. Raises `CallError`, `ExpertLineAway`."""
    for _ in range(attempts):
        prompts = line.words(ASK_PIN)
        line.noted(prompts)
        pin = line.call.collect(prompts, ENTRY).keys  # not by `ask`: a trace holds no PIN
        if not pin:
            continue
        signed = lines.sign_in(facts, pin, line.call.caller)
        line.context.note("pin", signed.seat or "wrong")
        if signed.seat is not None:
            return signed
        if signed.wait_seconds > 0:
            line.say(LOCKED)
            return None
        line.say(WRONG)
    line.say(GOODBYE)
    return None
