"""A box whose processes meet a machine that behaves badly: a library of ours stands before the
system's own, and does what a file tells it."""

import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

import pytest

from tests.end_to_end.box import Box


class PreloadedBox(Box):
    SOURCE: ClassVar[Path]
    VARIABLE: ClassVar[str]
    """Names the file to the library."""

    def compile(self) -> None:
        compiler = shutil.which("cc")
        if not compiler:
            pytest.skip("needs a C compiler: apt-get install gcc libc6-dev")
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", self._library, self.SOURCE]
        subprocess.run(command, check=True, capture_output=True)

    @property
    def environment(self) -> dict[str, str]:
        preloaded = {"LD_PRELOAD": str(self._library), self.VARIABLE: str(self.told)}
        return super().environment | preloaded

    @property
    def told(self) -> Path:
        return self.home.parent / "told"

    @property
    def _library(self) -> Path:
        return self.home.parent / "preloaded.so"
