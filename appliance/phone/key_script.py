"""The script of a test call: what to press, speak or end, and when.

    script = word { blank word }
    word   = [ "@" seconds ":" | "~" seconds ":" ] action
    action = keys | "speak" | "hangup"
    keys   = 0-9 * # A-D, one or more

A bare word waits until a prompt that began after the word before has ended. `@` counts from the
answer, `~` from the end of the word before; both act whatever is heard.
"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from appliance.phone.errors import BadKeyScript

MAX_WORDS = 200
MAX_SECONDS = 3600.0


class When(StrEnum):
    PROMPT_ENDED = "prompt ended"
    SINCE_ANSWER = "since answer"
    SINCE_LAST = "since last"


@dataclass(frozen=True, slots=True)
class Act:
    """One word of the script."""

    when: When
    seconds: float
    """Meant only with SINCE_ANSWER and SINCE_LAST."""
    action: str
    """Keys to press, or `speak`, or `hangup`."""

    @property
    def keys(self) -> str:
        return "" if self.action in ("speak", "hangup") else self.action


_WORD = re.compile(r"(?:(?P<mark>[@~])(?P<seconds>[^:]*):)?(?P<action>.*)\Z", re.DOTALL)
_KEYS = re.compile(r"[0-9*#A-D]+\Z")
_WHEN = {None: When.PROMPT_ENDED, "@": When.SINCE_ANSWER, "~": When.SINCE_LAST}


def parse_script(script: str) -> tuple[Act, ...]:
    """Raises BadKeyScript; the empty script is a call without keys."""
    words = script.split()
    if len(words) > MAX_WORDS:
        raise BadKeyScript(script[:40] + "…", words[MAX_WORDS], f"is word {MAX_WORDS + 1}")
    return tuple(_act(script, word) for word in words)


def _act(script: str, word: str) -> Act:
    match = _WORD.match(word)
    assert match is not None  # the pattern takes any text
    mark, action = match["mark"], match["action"]
    seconds = _seconds(script, word, match["seconds"]) if mark else 0.0
    if action.lower() in ("speak", "hangup"):
        return Act(_WHEN[mark], seconds, action.lower())
    keys = action.upper()
    if not _KEYS.match(keys):
        raise BadKeyScript(script, word, "is neither keys nor speak nor hangup")
    return Act(_WHEN[mark], seconds, keys)


def _seconds(script: str, word: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= MAX_SECONDS:
        raise BadKeyScript(script, word, f'has "{text}" for seconds (0 to {MAX_SECONDS:g})')
    return seconds
