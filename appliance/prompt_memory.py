"""Which prompts a callbox knew, for the next one: so that it speaks before its sidecar has started.

Only a memory: what is lost or wrong here is asked for anew.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import structlog

from ivr_flows.ports import Prompt

log = structlog.get_logger()

Known: TypeAlias = Mapping[tuple[str, ...], Sequence[Prompt]]
"""By what was asked for."""


def keep(file: Path, known: Known) -> None:
    """Blocks."""
    told = [
        [list(request), [[str(prompt.path), prompt.text, prompt.seconds] for prompt in prompts]]
        for request, prompts in known.items()
    ]
    fresh = file.with_name(f".{file.name}")
    try:
        fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        log.warning("the prompts are not remembered", reason=str(error))


def recall(file: Path) -> Known:
    """Those whose sound is still there. Blocks."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        found = {
            tuple(request): [Prompt(Path(path), text, seconds) for path, text, seconds in prompts]
            for request, prompts in told
        }
    except (OSError, ValueError, TypeError):
        return {}
    return {
        request: prompts
        for request, prompts in found.items()
        if all(prompt.path.is_file() for prompt in prompts)
    }
