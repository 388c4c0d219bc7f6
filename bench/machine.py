"""Names the machine that the figures belong to."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.switches import FreeSwitch


def describe() -> str:
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    return "\n".join(
        (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {system}, load {os.getloadavg()[0]:.2f}",
            f"CPU: {_processor()}, {os.cpu_count()} cores",
            f"Python {platform.python_version()}, FreeSWITCH {_freeswitch()}",
        )
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _freeswitch() -> str:
    program = FreeSwitch.program()
    if program is None:
        return "absent"
    told = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20)
    # "FreeSWITCH version: 1.10.12-release+git~20260821T141014Z~cc93a683ca~64bit (git cc93a68 …)"
    return told.stdout.partition("version: ")[2].partition("+")[0].strip() or "of no known version"
