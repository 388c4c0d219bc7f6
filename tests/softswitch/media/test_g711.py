"""G.711 against its own tables and against sox."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from softswitch.media.g711 import decode, encode

ALL = np.arange(-32768, 32768).astype(np.int16)
CODES = bytes(range(256))


@pytest.mark.parametrize(
    ("codec", "code", "sample"),
    [
        # ITU-T G.711, tables 1a to 2b: ends and turning points, scaled to 16 bits.
        ("PCMU", 0x80, 32124),
        ("PCMU", 0x00, -32124),
        ("PCMU", 0xFF, 0),
        ("PCMU", 0x7F, 0),
        ("PCMU", 0xFE, 8),
        ("PCMU", 0xEF, 132),
        ("PCMU", 0x8F, 16764),
        ("PCMA", 0xAA, 32256),
        ("PCMA", 0x2A, -32256),
        ("PCMA", 0xD5, 8),
        ("PCMA", 0x55, -8),
        ("PCMA", 0xC5, 264),
    ],
)
def test_a_code_stands_for_its_sample(codec: str, code: int, sample: int) -> None:
    assert decode(codec, bytes([code]))[0] == sample


@pytest.mark.parametrize("codec", ["PCMU", "PCMA"])
def test_every_code_comes_back_from_its_own_sample(codec: str) -> None:
    codes = CODES.replace(b"\x7f", b"") if codec == "PCMU" else CODES  # 0x7F: a second zero
    assert encode(codec, decode(codec, codes)) == codes


@pytest.mark.parametrize(("codec", "bias"), [("PCMU", 132), ("PCMA", 256)])
def test_no_sample_is_off_by_more_than_half_a_step_and_order_is_kept(codec: str, bias: int) -> None:
    wide = ALL.astype(np.int32)
    coded = decode(codec, encode(codec, ALL)).astype(np.int32)
    assert (abs(coded - wide) <= (abs(wide) + bias) / 32 + 4).all()
    assert (np.diff(coded) >= 0).all()


@pytest.mark.skipif(not shutil.which("sox"), reason="sox is not installed")
@pytest.mark.parametrize(("codec", "encoding"), [("PCMU", "u-law"), ("PCMA", "a-law")])
def test_sox_decodes_every_code_alike(codec: str, encoding: str, tmp_path: Path) -> None:
    coded, plain = tmp_path / "codes.raw", tmp_path / "samples.raw"
    coded.write_bytes(CODES)
    raw = ["-t", "raw", "-r", "8000", "-c", "1"]
    signed = ["-e", "signed", "-b", "16", "-L"]
    subprocess.run(
        ["sox", "-D", *raw, "-e", encoding, "-b", "8", coded, *raw, *signed, plain], check=True
    )
    assert (np.fromfile(plain, "<i2") == decode(codec, CODES)).all()
