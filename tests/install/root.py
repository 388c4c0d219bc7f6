"""A fresh Debian in a folder, made by debootstrap once and copied for each run; it boots, too."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .waiting import until

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
CACHE = PROJECT / "var" / "test-install"
SUITE = "bookworm"
"""Debian 12."""
AS_INSTALLED = "ca-certificates,dbus,iproute2,iputils-ping,netbase,procps,systemd,systemd-sysv"
"""What Debian's installer puts into each system beside the minimum."""
SOURCE = "/root/pressline"
"""Where the program's source lies in there, as somebody would have unpacked it."""
NEEDED = ("debootstrap", "systemd-nspawn", "systemd-analyze", "rsync")


def missing() -> str:
    """Why this cannot be done here; empty where it can."""
    if os.geteuid() != 0:
        return "only root can make a system in a folder"
    lacking = [program for program in NEEDED if not shutil.which(program)]
    return f"programs are missing: {', '.join(lacking)}" if lacking else ""


class Root:
    """The folder, and running programs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Without systemd, as in a container that is being built; loopback and network are ours."""
        values = [f"{name}={value}" for name, value in (_pip() | environment).items()]
        return subprocess.run(
            [
                *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
                *("bash", str(HERE / "enter.sh"), str(self.folder)),
                *(str(path) for path in pip_folders()),
                *("--", "env", "-i", "HOME=/root", "LANG=C.UTF-8"),
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                *(*values, *command),
            ],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    def install(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run(f"{SOURCE}/provisioning/install.sh", *options, **environment)


def fresh(name: str) -> Root:
    """A copy of the base with the program's source in it."""
    folder = CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(_base()), str(folder)], check=True)
    for known in ("resolv.conf", "hosts"):
        shutil.copy(Path("/etc") / known, folder / "etc")
    put_source(folder)
    return Root(folder)


def put_source(folder: Path) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(listed, cwd=PROJECT)
    there = b"\0".join(
        name for name in names.split(b"\0") if (PROJECT / os.fsdecode(name)).exists()
    )
    target = f"{folder}{SOURCE}/"
    subprocess.run(
        ["rsync", "-a", "--from0", "--files-from=-", f"{PROJECT}/", target], input=there, check=True
    )


def _base() -> Path:
    made = CACHE / f"{SUITE}-base"
    if not made.exists():
        begun = CACHE / f".{SUITE}-base"
        shutil.rmtree(begun, ignore_errors=True)
        begun.parent.mkdir(parents=True, exist_ok=True)
        options = ["--variant=minbase", f"--include={AS_INSTALLED}"]
        subprocess.run(["debootstrap", *options, SUITE, str(begun)], check=True, timeout=1800)
        begun.rename(made)
    return made


def _pip() -> dict[str, str]:
    """How this machine's pip reaches its packages."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    return {"PIP_CONFIG_FILE": "/etc/host-pip.conf", **kept}


def pip_folders() -> Iterator[Path]:
    """Folders of packages on this machine that its pip looks into."""
    told = subprocess.check_output(["pip", "config", "list"], text=True)
    for word in told.replace("'", " ").replace("file://", " ").split():
        path = Path(word)
        if word.startswith("/") and path.is_dir():
            yield path.parent if path.name == "simple" else path


class Booted:
    """The same system with its own systemd, processes and network."""

    def __init__(self, root: Root, init: int) -> None:
        self.root = root
        self._init = init

    def run(
        self, *command: str, input: str | None = None, limit: float = 120
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["nsenter", "-t", str(self._init), "-a", "--root", "--wd", *command],
            capture_output=True,
            text=True,
            input=input,
            stdin=None if input is not None else subprocess.DEVNULL,
            timeout=limit,
        )

    def said(self, *command: str, limit: float = 120) -> str:
        done = self.run(*command, limit=limit)
        return done.stdout + done.stderr


STRANGER = "198.51.100.9"
BOX = "198.51.100.1"


def stranger_beside(box: Booted) -> list[str]:
    """How a command is run on another machine on the box's network."""
    steps = f"""
        ip netns add stranger
        ip link add v0 type veth peer name v1 netns stranger
        ip addr add {BOX}/24 dev v0
        ip link set v0 up
        ip -n stranger addr add {STRANGER}/24 dev v1
        ip -n stranger link set v1 up
    """
    assert box.run("sh", "-e", "-c", steps).returncode == 0
    return ["ip", "netns", "exec", "stranger"]


def main_process(box: Booted, service: str) -> str:
    """Its process id; 0 while there is none."""
    return box.said("systemctl", "show", "-p", "MainPID", "--value", service).strip()


@contextmanager
def booted(root: Root) -> Iterator[Booted]:
    """Until the end; skips nothing: whoever has systemd-nspawn can boot."""
    command = ["systemd-nspawn", "-D", str(root.folder), "--register=no", "--keep-unit"]
    command += ["--private-network", "--console=pipe", "-M", f"{root.folder.name}-{os.getpid()}"]
    with (CACHE / f"{root.folder.name}.log").open("w") as log:
        outside = subprocess.Popen(
            [*command, "/sbin/init"], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield Booted(root, _child_of(outside))
        finally:
            outside.terminate()  # powers the system off
            with suppress(subprocess.TimeoutExpired):
                outside.wait(60)
            outside.kill()
            outside.wait()


def _child_of(outside: subprocess.Popen[bytes]) -> int:
    """The init of the system, once it runs."""
    children = Path(f"/proc/{outside.pid}/task/{outside.pid}/children")
    return int(until(lambda: children.read_text().split(), "systemd-nspawn starts an init")[0])


def contents(folder: Path) -> set[str]:
    """Kind, mode, owner, target and sum of everything in there."""
    listed = (
        r"find . -xdev -printf '%y %m %U:%G %l %p\n'; find . -xdev -type f -exec sha256sum {} +"
    )
    return set(subprocess.check_output(["bash", "-c", listed], cwd=folder, text=True).splitlines())
