"""Reads systemd's unit files: every value of every key, by section."""

from collections import defaultdict
from pathlib import Path

PROVISIONING = Path(__file__).parent.parent.parent / "provisioning"
UNITS = PROVISIONING / "systemd"

Unit = dict[str, dict[str, list[str]]]


def read_unit(path: Path) -> Unit:
    """Raises `ValueError` for a line that is no section, key or comment."""
    found: Unit = defaultdict(lambda: defaultdict(list))
    section = ""
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            key, equals, value = line.partition("=")
            if not equals or not section:
                raise ValueError(f"{path}: {line!r} is no setting")
            found[section][key].append(value)
    return found


def service(name: str) -> dict[str, list[str]]:
    return read_unit(UNITS / f"pressline-{name}.service")["Service"]
