"""A try-out kept as one of the flow's test calls: one more entry under `tests:`, by hand's rules.

The text is lengthened, not written anew: what an editor wrote stays as it was, comments included.
"""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML

HEAD = re.compile(r"^tests:[ \t]*(#.*)?$", re.M)
NEXT = re.compile(r"^[^\s#-]", re.M)
"""Where the next part of the file begins: something at the very left, no entry, no comment."""


def with_test(text: str, test: Mapping[str, Any]) -> str | None:
    """`text` with one more test call; None where its tests are written in another way."""
    head = HEAD.search(text)
    if head is None:
        if re.search(r"^tests:", text, re.M):
            return None
        return f"{text.rstrip()}\n\ntests:\n{_entry(test, '  ')}"
    following = NEXT.search(text, head.end() + 1)
    end = following.start() if following else len(text)
    block = text[head.end() : end]
    first = re.search(r"^([ \t]*)-", block, re.M)
    entry = _entry(test, first.group(1) if first else "  ")
    rest = f"\n{text[end:]}" if following else ""
    return f"{text[:end].rstrip()}\n{entry}{rest}"


def test_of(name: str, given: Mapping[str, Any], heard: Sequence[str], ends: str) -> dict[str, Any]:
    """What was tried, as a test call that expects to hear and end the same."""
    usual = {"caller": "5550100", "dialed": "100", "speaks": "5s"}
    kept = {key: value for key, value in given.items() if value and usual.get(key) != value}
    return {**kept, "name": name, "hears": list(heard), **({"ends": ends} if ends else {})}


def _entry(test: Mapping[str, Any], indent: str) -> str:
    yaml = YAML()
    yaml.default_flow_style = None
    yaml.width = 100
    out = io.StringIO()
    ordered = {"name": test["name"], **test}
    yaml.dump([ordered], out)
    return "".join(f"{indent}{line}\n" for line in out.getvalue().splitlines())
