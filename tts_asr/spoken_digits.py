"""A number that somebody said, out of the words that an engine heard.

Each word (of Chinese, each character) stands for one sign: a digit, `o` (an oh, which may be none),
`d` and `t` (double, triple), nothing (a pause between digits), `x` (no number can be made of this),
or `.` (some other word). What the signs spell decides.
"""

import re
from collections.abc import Iterator, Mapping

from tts_asr.transcript import UNSPACED, Transcript, Word

LEAST_CONFIDENCE: Mapping[str, float] = {"vosk": 0.6}
"""A digit heard with less may be another one. By engine: what PocketSphinx gives is no confidence.

With the model in `tests/speech_model`, of 216 numbers of seven digits said by six voices, some in
noise, this refused 4 that were right of 192, and from 0.75 on 11. Most wrong digits have more:
whoever said the number must hear it read back.
"""

OTHER, UNUSABLE = ".", "x"


def _all(sign: str, words: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), sign)


ENGLISH: Mapping[str, str] = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    **_all("0", "nought naught"),
    **_all("o", "oh o"),
    **_all("d", "double"),
    **_all("t", "triple treble"),
    **_all("", "um uh er and then dash hyphen space"),
    **_all(UNUSABLE, "plus ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"),
    **_all(UNUSABLE, "nineteen twenty thirty forty fifty sixty seventy eighty ninety"),
    **_all(UNUSABLE, "hundred thousand"),
}  # fmt: skip
FORMS = ("零〇", "一幺", "二两兩", "三", "四", "五", "六", "七", "八", "九")
CHINESE: Mapping[str, str] = {
    **{form: str(digit) for digit, forms in enumerate(FORMS) for form in forms},
    **dict.fromkeys("嗯呃啊", ""),
    **dict.fromkeys("加十百千万萬", UNUSABLE),
}
SIGNS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE, "yue": CHINESE}

NUMBER = re.compile(r"(?:o?\.)*((?:[dt]?[0-9o])+)\.*", re.ASCII)
"""Words before it and after it, none within: that may be a digit which was misheard. An oh before
another word is an exclamation."""
REPEATED = re.compile(r"([dt])(.)", re.ASCII)
TIMES = {"d": 2, "t": 3}


def digits_in(heard: Transcript) -> str:
    """All digits, in order; empty where it is not clear which were said."""
    language = heard.language.lower().replace("_", "-").partition("-")[0]
    least = LEAST_CONFIDENCE.get(heard.engine, 0.0)
    signs = "".join(sign for word in heard.words for sign in _signs(word, language, least))
    found = NUMBER.fullmatch(signs)
    if found is None:
        return ""
    spelt = REPEATED.sub(lambda pair: TIMES[pair[1]] * pair[2], found[1])
    return spelt.replace("o", "0")


def _signs(word: Word, language: str, least_confidence: float) -> Iterator[str]:
    table = SIGNS.get(language, {})
    is_unsure = word.confidence is not None and word.confidence < least_confidence
    for piece in word.text if language in UNSPACED else [word.text.lower()]:
        sign = table.get(piece, OTHER)
        yield UNUSABLE if is_unsure and sign not in ("", OTHER) else sign
