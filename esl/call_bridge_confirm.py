"""What whoever is rung hears before the caller: a whisper, and the wish for a key.

FreeSWITCH's own `group_confirm_key=1` asks again after a wrong key, for as long as the phone may
ring; so the key `exec` is used, which runs one application on whoever answers and takes the leg
if it has not hung up by then (switch_ivr_originate.c, collect_thread_run).
"""

from collections.abc import Sequence

from esl.paths import path_argument
from ivr_flows.ports import CallFailed, Prompt

KEY = "1"
"""Takes the call."""
ANSWER_SECONDS = 10
"""Silence after the question that counts as a refusal."""
LONGEST = 90
"""Seconds that whisper, question and silence may take beyond the ringing."""
TAKE = "answer"
"""An application that does nothing to who has answered."""
_BEEP = "tone_stream://%(200,0,880)"
_KEYED = "pressline_key"


def question(prompts: Sequence[Prompt]) -> str:
    """An application that plays `prompts`, or a beep, and hangs up unless the key comes.

    Raises `CallFailed`.
    """
    name = _playlist(prompts) if prompts else _BEEP
    read = f"read:1 1 {name} {_KEYED} {ANSWER_SECONDS * 1000} none"
    # `\$` outlives the expansion of the outer application; the inner one's comes after the key
    # (switch_channel.c, switch_channel_expand_variables_check).
    verdict = f"cond(x\\${{{_KEYED}}} == x{KEY} ? {TAKE} : hangup:CALL_REJECTED)"
    return f"execute_extension 'm:|:{read}|execute_extension:\\${{{verdict}}} inline' inline"


def whisper(prompts: Sequence[Prompt]) -> str:
    """An application that plays `prompts` and takes the call. Raises `CallFailed`."""
    return f"playback {_playlist(prompts)}" if prompts else TAKE


def _playlist(prompts: Sequence[Prompt]) -> str:
    paths = [path_argument(prompt.path, "bridge") for prompt in prompts]
    unusable = next((path for path in paths if " " in path or "," in path), "")
    if unusable:
        raise CallFailed("bridge", f"{unusable[:200]!r} holds a space or comma: it would be cut")
    return paths[0] if len(paths) == 1 else "file_string://" + "!".join(paths)
