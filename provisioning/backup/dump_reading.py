"""The rows in a dump of PostgreSQL, read without a server."""

import re
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import IO

from .errors import StoreFaulty
from .postgresql_programs import newest
from .sums import Sums, TableSum, sum_of

BEGIN = re.compile(rb'COPY (?:[\w"]+\.)?"?(\w+)"? \(.*\) FROM stdin;\n')
END = b"\\.\n"


def sums_in(dump: Path) -> Sums:
    """Raises `StoreFaulty`, `NotSetUp`."""
    command = [newest("pg_restore"), "--data-only", "--file=-", str(dump)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        found = dict(_tables(process.stdout))
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise StoreFaulty(f"{dump}: the dump cannot be read: {said[-500:]}")
    return found


def _tables(text: IO[bytes]) -> Iterator[tuple[str, TableSum]]:
    for line in text:
        if begin := BEGIN.fullmatch(line):
            rows = takewhile(lambda row: row != END, text)
            yield begin[1].decode(), sum_of(row.removesuffix(b"\n") for row in rows)
