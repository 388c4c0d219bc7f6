"""English number words: cardinals, ordinals, years."""

DIGITS = str.split("zero one two three four five six seven eight nine")
TEENS = str.split("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS = str.split("_ ten twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = ("", "thousand", "million", "billion", "trillion")
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(number: int) -> str:
    """ "one thousand and one"; British "and", which Americans follow as well."""
    if number < 100:
        return below_hundred(number)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{DIGITS[hundreds]} hundred" + (f" and {below_hundred(rest)}" if rest else "")
    return _with_scales(number)


def below_hundred(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return TEENS[number - 10]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{DIGITS[ones]}" if ones else "")


def _with_scales(number: int) -> str:
    rest, scale, words = number, 0, list[str]()
    while rest:
        rest, section = divmod(rest, 1000)
        if section:
            joint = "and " if scale == 0 and section < 100 else ""
            words.insert(0, f"{joint}{cardinal(section)} {SCALES[scale]}".strip())
        scale += 1
    return " ".join(words)


def ordinal_word(number: int) -> str:
    stem = cardinal(number)
    cut = max(stem.rfind(" "), stem.rfind("-")) + 1
    last = stem[cut:]
    if last in ORDINALS:
        return stem[:cut] + ORDINALS[last]
    return stem[:-1] + "ieth" if last.endswith("y") else f"{stem}th"


def year_words(year: int) -> str:
    """ "nineteen ninety-nine", "two thousand and seven", "twenty twenty-seven"."""
    century, rest = divmod(year, 100)
    if year < 1000 or 2000 <= year < 2010 or year % 1000 == 0:
        return cardinal(year)
    if rest == 0:
        return f"{below_hundred(century)} hundred"
    return f"{below_hundred(century)} {'oh ' if rest < 10 else ''}{below_hundred(rest)}"
