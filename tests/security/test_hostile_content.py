"""What somebody uploads, imports or writes into a flow neither fills the memory nor gets out."""

import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from appliance.steps import TABLE
from ivr_flows.errors import FlowError
from ivr_flows.loader import load_flow
from store.errors import ImportRefused
from store.yaml_text import read
from tts_asr.errors import SoundUnreadable
from tts_asr.sound import MOST_SAMPLES, read_sound

STREAMINFO_SAMPLES = slice(21, 26)
"""Bytes of a FLAC file: the last bits of the sample's width, and 36 bits of how many there are
(RFC 9639, section 8.2)."""


def flac(channels: int, rate: int, told_frames: int) -> bytes:
    """A short silence that says it was long."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros((64, channels), "int16"), rate, format="FLAC")
    content = bytearray(file.getvalue())
    told = int.from_bytes(content[STREAMINFO_SAMPLES], "big") & ~((1 << 36) - 1)
    content[STREAMINFO_SAMPLES] = (told | told_frames).to_bytes(5, "big")
    return bytes(content)


def multiplying() -> str:
    """Nine lists of nine, one within the other: 3 * 10^8 values in 400 characters."""
    names = "abcdefghij"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)
    ]
    return "\n".join(lines) + "\n"


def test_a_small_file_that_says_it_is_a_huge_sound_is_refused_unread() -> None:
    frames = MOST_SAMPLES // 8 + 1
    with pytest.raises(SoundUnreadable, match="samples"):
        read_sound(flac(channels=8, rate=192_000, told_frames=frames))


def test_a_sound_that_says_it_lasts_for_days_is_refused_unread() -> None:
    with pytest.raises(SoundUnreadable, match="longer"):
        read_sound(flac(channels=1, rate=8_000, told_frames=(1 << 36) - 1))


def test_a_wave_file_with_a_lying_header_is_read_as_far_as_it_goes() -> None:
    file = io.BytesIO()
    soundfile.write(file, np.full(800, 0.5), 8_000, format="WAV")
    content = bytearray(file.getvalue())
    content[40:44] = (0xFFFFFFF0).to_bytes(4, "little")  # the length of its data
    with suppress(SoundUnreadable):
        assert len(read_sound(bytes(content)).samples) <= 800


def load_as_flow(text: str) -> object:
    return load_flow(text, "main", table=TABLE)


def load_as_paper(text: str) -> object:
    return read(text, "paper.yaml")


@pytest.mark.parametrize("load", [load_as_flow, load_as_paper])
@pytest.mark.parametrize("text", [multiplying(), "[" * 20_000, "- " * 20_000])
def test_yaml_that_multiplies_or_has_no_end_is_refused(
    load: Callable[[str], object], text: str
) -> None:
    with pytest.raises((FlowError, ImportRefused)):
        load(text)


@pytest.mark.parametrize("load", [load_as_flow, load_as_paper])
def test_yaml_makes_no_objects_of_python(load: Callable[[str], object], tmp_path: Path) -> None:
    made = tmp_path / "made"
    text = f'a: !!python/object/apply:os.mkdir ["{made}"]\n'
    with suppress(FlowError, ImportRefused):
        load(text)
    assert not made.exists()


FLOW = """\
flow: main
start: a
steps:
  a: {{say: {text}}}
"""


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ caller['__init__'] }}",
        "{{ self._TemplateReference__context }}",
        "{{ caller|attr('__globals__') }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'] }}",
        "{{ config }}{{ request }}",
        "{% import 'os' as os %}",
        "{{ range(10**12)|list }}",
        "{{ 'x' * 10**10 }}",
    ],
)
def test_a_flows_text_does_not_get_out_of_its_sandbox(text: str) -> None:
    with pytest.raises(FlowError):
        load_as_flow(FLOW.format(text=repr(text)))


@pytest.mark.parametrize(
    "url",
    [
        "{{ number }}",
        "https://{{ number }}/",
        "https://example.org@{{ number }}/",
        "https://example.org{{ number }}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:8021/",
    ],
)
def test_no_callers_words_choose_whom_a_flow_asks(url: str) -> None:
    text = (
        FLOW.replace("{{say: {text}}}", f"{{http: {{url: {url!r}}}, next: b}}")
        + "  b: {hangup: {}}\n"
    )
    with pytest.raises(FlowError):
        load_as_flow(text)


BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))
from store.yaml_text import read
from store.errors import ImportRefused
try:
    read(sys.stdin.read(), "paper.yaml")
except ImportRefused:
    # Not getrusage: what the process was before it became this program counts there (execve(2)).
    print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_refusing_what_multiplies_takes_no_memory() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BOUNDED],
        input=multiplying(), capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert 0 < int(ran.stdout) < 300_000, "kilobytes, where it was refused"
