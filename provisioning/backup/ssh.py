"""How a target over SFTP is reached: nobody is there to answer questions, and nobody waits long."""

import re
import shlex

from .errors import NotSetUp
from .places import Places

URL = re.compile(r"sftp://(?P<user_host>[^/:]+)(:(?P<port>\d+))?/.+")
SHORT = re.compile(r"sftp:(?P<user_host>[^/:]+):.+")
OPTIONS = (
    "BatchMode=yes",
    "ConnectTimeout=20",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=8",
    # The first connection decides whom we trust; later, another host's key is refused.
    "StrictHostKeyChecking=accept-new",
)


def ssh_command(target: str, places: Places) -> str:
    """The `sftp.command` of restic. Raises `NotSetUp`."""
    found = URL.fullmatch(target) or SHORT.fullmatch(target)
    if not found or found["user_host"].startswith("-"):
        raise NotSetUp(
            f"backup_target: {target!r} is no address; expected sftp:user@host:folder "
            "or sftp://user@host:port/folder"
        )
    command = ["ssh", *_options(places)]
    if port := found.groupdict().get("port"):
        command += ["-p", port]
    return shlex.join([*command, "-s", "--", found["user_host"], "sftp"])


def _options(places: Places) -> list[str]:
    options = [part for option in OPTIONS for part in ("-o", option)]
    options += ["-o", f"UserKnownHostsFile={places.ssh / 'known_hosts'}"]
    key = places.ssh / "id_ed25519"
    return [*options, "-i", str(key)] if key.exists() else options
