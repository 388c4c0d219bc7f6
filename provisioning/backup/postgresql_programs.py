"""PostgreSQL's own programs: the newest here, and how they are told where to connect."""

import re
import shutil
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from .errors import NotSetUp

DEBIANS = Path("/usr/lib/postgresql")
"""Debian keeps the programs of each version apart, and one version reads all older servers."""
VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
"""libpq's variables: a command line, with a password in it, can be read by every user."""
ZONE = "UTC"
"""Times are written in the session's zone; a dump and a sum of it must agree on one."""


def newest(program: str) -> str:
    """Its path. Raises `NotSetUp`."""
    debians = sorted(DEBIANS.glob(f"*/bin/{program}"), key=_version, reverse=True)
    found = str(debians[0]) if debians else shutil.which(program)
    if not found:
        raise NotSetUp(f"{program} is not installed: apt-get install postgresql-client")
    return found


def environment_of(url: str) -> dict[str, str]:
    given = conninfo_to_dict(url)
    found = {VARIABLES[name]: str(value) for name, value in given.items() if name in VARIABLES}
    options = f"{given.get('options') or ''} -c timezone={ZONE}"
    return {**found, "PGOPTIONS": options.strip()}


def _version(path: Path) -> float:
    found = re.search(r"/(\d+(?:\.\d+)?)/bin/", str(path))
    return float(found[1]) if found else 0.0
