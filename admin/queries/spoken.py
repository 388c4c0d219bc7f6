"""How a flow would speak what a query found, without any sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ivr_flows.compiler import BadTemplate, compiler_for
from ivr_flows.errors import TextFailed
from ivr_flows.speaking import FILTERS, SpeakingError

MOST_COLUMNS = 6
"""Of the sentence that is shown when nobody has written one."""


@dataclass(frozen=True, slots=True)
class Preview:
    words: str = ""
    fault: str = ""
    """Why the sentence cannot be spoken."""


def usual_sentence(columns: Sequence[str]) -> str:
    names = [name for name in columns if name.isidentifier()][:MOST_COLUMNS]
    return ", ".join(f"{{{{ row.{name} }}}}" for name in names)


def preview(sentence: str, rows: Sequence[Mapping[str, Any]], paper: str, language: str) -> Preview:
    """`row` is the first of the `rows`; both, and `paper`, can be named in the sentence."""
    names = {"row": dict(rows[0]), "rows": [dict(row) for row in rows], "paper": {"name": paper}}
    try:
        template = compiler_for(tuple(FILTERS.items())).text(sentence)
        return Preview(template.render(names, language))
    except (BadTemplate, TextFailed, SpeakingError) as error:
        return Preview(fault=str(error))
