"""This machine's FreeSWITCH, put into a fresh system as if somebody had installed it there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.switches import FreeSwitch

from .root import Root


def missing() -> str:
    """Why there is none to be copied; empty where there is."""
    if FreeSwitch.program() is None:
        return "FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH"
    return "" if shutil.which("dpkg") else "only Debian knows the packages of its libraries"


def put_freeswitch(root: Root) -> None:
    """Program, libraries and modules in their own folder; Debian's libraries from Debian."""
    program = Path(FreeSwitch.program() or "").resolve()
    prefix = program.parent.parent
    for part in ("bin", "lib"):
        target = root.folder / prefix.relative_to("/") / part
        shutil.copytree(prefix / part, target, symlinks=True)
    (root.folder / "usr/local/bin/freeswitch").symlink_to(program)
    packages = _packages([program, *prefix.glob("lib/freeswitch/mod/*.so")], prefix)
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = root.run("apt-get", "-q", *command, DEBIAN_FRONTEND="noninteractive")
        assert done.returncode == 0, done.stdout + done.stderr


def _packages(binaries: list[Path], prefix: Path) -> list[str]:
    """Debian's that hold the libraries which these need beside those of `prefix`."""
    told = subprocess.check_output(["ldd", *map(str, binaries)], text=True)
    libraries = set(re.findall(r"=> (/\S+)", told))
    outside = [name for name in libraries if not name.startswith(f"{prefix}/")]
    # A package may have its files under /lib or /usr/lib: one leads to the other.
    names = [os.path.basename(name) for name in outside]
    found = subprocess.check_output(["dpkg", "-S", *(f"*/{name}" for name in names)], text=True)
    return sorted({line.split(":")[0] for line in found.splitlines()})
