"""The process in which gTTS runs: a request as JSON on stdin, MP3 files on stdout,
each after its length in four bytes (big-endian).

Ends with one line on stderr and 1 when the service failed, with 2 when the text was refused.
It imports nothing of ours, to start fast.
"""

import json
import re
import sys

from gtts import gTTS
from gtts.tts import gTTSError

REQUEST_SECONDS = 1.8
"""A little less than the parent waits, so that it is told the reason."""
_DOMAIN = re.compile(r"com?|com?\.[a-z]{2}|[a-z]{2}")


FAILED = 1
REFUSED = 2


def synthesize(text: str, language: str, domain: str) -> list[bytes]:
    """The MP3 of each part of `text`. Raises what gTTS raises: see `main`.

    They cannot be joined as they are: a decoder stops at the length that the first one tells.
    """
    domain = domain if _DOMAIN.fullmatch(domain) else "com"
    return list(gTTS(text, tld=domain, lang=language, timeout=REQUEST_SECONDS).stream())


def main() -> int:
    request = json.load(sys.stdin)
    try:
        parts = synthesize(request["text"], request["language"], request["voice"])
    except (AssertionError, ValueError) as error:  # nothing to say in the text; unknown language
        return _explain(error, REFUSED)
    except (gTTSError, OSError) as error:
        return _explain(error, FAILED)
    for part in parts:
        sys.stdout.buffer.write(len(part).to_bytes(4, "big") + part)
    return 0


def _explain(error: Exception, status: int) -> int:
    print(f"{type(error).__name__}: {error}".replace("\n", " "), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
