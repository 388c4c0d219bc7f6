"""Texts in FreeSWITCH's XML files, which are read twice: line by line, and then as XML.

The first reading (`preprocess`, switch_xml.c) knows nothing of XML: it replaces `$${name}`
anywhere, drops a line with `<?` or `<include>`, and obeys or drops one with `X-PRE-PROCESS`,
however it is written. What it looks for is written as character references, which only the
second reading understands.
"""

import re
import unicodedata

from markupsafe import Markup

from .errors import ValueUnsafe

_SPECIAL = re.compile(r"[^A-Za-z0-9 ._:/@+,()=;*^|\[\]?~-]")
_PREPROCESSOR = re.compile("(?<=x)-(?=pre-process)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold (section 2.2), and the ends of lines."""
_NOT_IN_A_NAME = re.compile(r"[^\w .-]")
LONGEST_NAME = 60


def escaped(value: object) -> Markup:
    """`value` for an attribute. Raises `ValueUnsafe`."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    if found := _FORBIDDEN.search(text):
        raise ValueUnsafe(
            f"{text[:60]!r} has a character that FreeSWITCH's files cannot hold"
            f" ({unicodedata.name(found[0], f'U+{ord(found[0]):04X}')}): expected one line of text"
        )
    written = _SPECIAL.sub(lambda one: f"&#{ord(one[0])};", text)
    return Markup(_PREPROCESSOR.sub("&#45;", written))


def plain_name(text: str) -> str:
    """A name for a channel's variable: FreeSWITCH expands `${…}` there each time it is read."""
    return _NOT_IN_A_NAME.sub("", text)[:LONGEST_NAME].strip()
