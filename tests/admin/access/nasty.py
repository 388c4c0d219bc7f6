"""What people and scripts send who wish no good, or paste without looking."""

TEXTS = {
    "empty": "",
    "huge": "A" * 100_000,
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "right to left": "\u202eمرحبا\u2066 שלום\u200f",
    "four bytes": "🎙️👩‍👩‍👧‍👦𝔘𝔫𝔦" * 20,
    "nul": "a\x00b\x01\x1b[31m",
    "sql": "' OR 1=1; DROP TABLE panel_user; -- %_\\",
    "template": "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}${7*7}",
    "path": "../../../../etc/passwd",
    "far number": "9" * 400,
    "negative": "-1",
    "not finite": "nan",
    "float": "1e308",
    "lines": "a\r\nSet-Cookie: x=y\r\n\r\nb",
    "date": "9999-12-31T23:59:59",
    "early date": "0001-01-01 00:00",
}
JSON = {
    "nothing": None,
    "list": [],
    "deep": [[[[[[[[[[1]]]]]]]]]],
    "number": 10**400,
    "words": "x",
    "mapping": {"": {"": None}},
}
