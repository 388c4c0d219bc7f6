"""Disks that are full, folders that are read-only, processes that write at once."""

import errno
import os
import subprocess
import sys
import tempfile
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.tts_asr.doubles import ScriptedEngine, split
from tts_asr.errors import PromptNotKept
from tts_asr.speaker import Speaker
from tts_asr.wav import is_whole

SCRIPT = """
    import os, resource, sys, tempfile
    from pathlib import Path
    from tests.tts_asr.doubles import ScriptedEngine
    from tts_asr.errors import PromptNotKept
    from tts_asr.speaker import Speaker

    def speaker_into(folder):
        return Speaker(Path(folder), {{"*": [ScriptedEngine("x")]}}, split=lambda text, _: [text])

    # Everything is loaded before privileges are dropped: another user may not read our packages.
    with tempfile.TemporaryDirectory() as other:
        speaker_into(other).render("Loaded.", "en")
    speaker = speaker_into(sys.argv[1])
    {before}
    try:
        print(speaker.render(sys.argv[2], "en")[0].path.name)
    except PromptNotKept as error:
        print("refused:", error)
"""


def run_speaker(folder: Path, text: str, before: str = "") -> str:
    """What a process of its own prints when it renders `text`."""
    script = textwrap.dedent(SCRIPT).format(before=before)
    command = [sys.executable, "-c", script, str(folder), text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    # The file size limit cuts the write in the middle, as a disk does that is full.
    said = run_speaker(
        tmp_path, "Hello.", "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))"
    )
    assert said.startswith(f"refused: cannot write into {tmp_path}: File too large")
    assert list(tmp_path.iterdir()) == []


def test_the_operator_is_told_that_no_space_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    speaker = Speaker(tmp_path, {"*": [ScriptedEngine("x")]}, split=split)
    kept = speaker.render("Cached.", "en")
    before = sorted(tmp_path.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(PromptNotKept, match="No space left on device; free some space"):
            speaker.render("New.", "en")
        assert speaker.render("Cached.", "en") == kept
    assert sorted(tmp_path.iterdir()) == before
    assert speaker.render("New.", "en")


def test_a_read_only_folder_plays_what_it_has() -> None:
    # Made outside pytest's private folder, which another user may not enter.
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        name = run_speaker(folder, "Hello.")
        folder.chmod(0o555)
        drop = "os.geteuid() == 0 and os.seteuid(65534)"
        assert run_speaker(folder, "Hello.", drop) == name
        said = run_speaker(folder, "Good evening.", drop)
        assert said.startswith(f"refused: cannot write into {folder}: Permission denied")
        folder.chmod(0o755)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "prompts").write_text("not a folder")
    speaker = Speaker(tmp_path / "prompts", {"*": [ScriptedEngine("x")]}, split=split)
    speaker.refresh()
    with pytest.raises(PromptNotKept, match="cannot write into"):
        speaker.render("Hello.", "en")


def test_processes_that_say_the_same_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        names = set(pool.map(lambda _: run_speaker(tmp_path, "All at once."), range(4)))
    assert len(names) == 1
    assert is_whole(tmp_path / names.pop())
    assert len(list(tmp_path.iterdir())) == 2  # the telephone's and the wide one, nothing half


def test_the_switch_may_read_what_another_user_wrote(tmp_path: Path) -> None:
    name = run_speaker(tmp_path, "Hello.", "os.umask(0o077)")
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o644
