"""Where each caller was at the kill, and what became of it; for whoever reads a test's output."""

from collections.abc import Iterable, Mapping, Sequence

from tests.kill.caller import Caller
from tests.kill.kept import Kept

FORM = "{:<8}  {:<14}  {:<12}  {:<12}  {}"
HEAD = FORM.format("caller", "at the kill", "said by then", "said in all", "messages")


def table(callers: Iterable[Caller], found: Mapping[Caller, Sequence[Kept]]) -> str:
    return "\n".join([HEAD, *(_line(caller, found[caller]) for caller in callers)])


def _line(caller: Caller, messages: Sequence[Kept]) -> str:
    return FORM.format(
        caller.number,
        caller.at_kill,
        _seconds(said.at_kill for said in caller.said),
        _seconds(said.until for said in caller.said),
        " ".join(f"{m.seconds:.2f} s ({m.ended_by}) {m.transcript[-30:]!r}" for m in messages),
    )


def _seconds(times: Iterable[float]) -> str:
    return " ".join(f"{time:.1f}" for time in times) or "-"
