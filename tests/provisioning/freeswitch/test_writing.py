"""Files are put in place all at once, and compared with what they ought to be."""

import os
import stat
from pathlib import Path

import pytest

from provisioning.freeswitch import writing
from provisioning.freeswitch.drift import drift
from provisioning.freeswitch.errors import ProvisioningError
from provisioning.freeswitch.writing import ensure_surroundings, install
from tests.provisioning.freeswitch.facts import facts

OLD = {"freeswitch.xml": "<old/>", "profiles/phones.xml": "<phones/>"}
NEW = {"freeswitch.xml": "<new/>", "profiles/trunks.xml": "<trunks/>"}


class PowerCut(BaseException):
    """Nothing more is done."""


def held(folder: Path) -> dict[str, str]:
    conf = folder / "conf"
    return {
        str(path.relative_to(conf)): path.read_text() for path in conf.rglob("*") if path.is_file()
    }


def test_the_folder_holds_what_was_given_and_nothing_else(tmp_path: Path) -> None:
    assert install(tmp_path, OLD) and held(tmp_path) == OLD
    assert install(tmp_path, NEW) and held(tmp_path) == NEW


def test_the_same_once_more_touches_nothing(tmp_path: Path) -> None:
    install(tmp_path, OLD)
    before = {path: path.stat() for path in (tmp_path, *tmp_path.rglob("*"))}
    assert not install(tmp_path, OLD)
    after = {path: path.stat() for path in (tmp_path, *tmp_path.rglob("*"))}
    assert {p: s.st_mtime_ns for p, s in after.items()} == {
        p: s.st_mtime_ns for p, s in before.items()
    }


def test_what_somebody_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    install(tmp_path, OLD)
    (tmp_path / "conf" / "freeswitch.xml").write_text("<mine/>")
    (tmp_path / "conf" / "strange.xml").write_text("<x/>")
    assert install(tmp_path, OLD) and held(tmp_path) == OLD


@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "rename", "replace", "symlink"])
def test_a_power_cut_at_any_step_leaves_the_old_files_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(os, step)
    for count in range(1, 40):
        home = tmp_path / str(count)
        install(home, OLD)
        done = _cut_at(home, step, count, real, monkeypatch)
        assert held(home) in (OLD, NEW)
        install(home, NEW)
        assert held(home) == NEW
        if done:
            assert count > 1, f"{step} is never done"
            return
    raise AssertionError(f"{step} is done ever again")


def _cut_at(
    home: Path, step: str, count: int, real: object, monkeypatch: pytest.MonkeyPatch
) -> bool:
    """Whether it came to its end before the cut."""
    left = count

    def cut(*given: object, **more: object) -> object:
        nonlocal left
        left -= 1
        if not left:
            raise PowerCut
        return real(*given, **more)  # type: ignore[operator]

    with monkeypatch.context() as patch:
        patch.setattr(os, step, cut)
        try:
            install(home, NEW)
        except PowerCut:
            return False
    return True


def test_only_the_owner_and_the_group_read_it(tmp_path: Path) -> None:
    install(tmp_path, OLD)
    conf = (tmp_path / "conf").resolve()
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o007 == 0 for path in (conf, *conf.rglob("*")))


def test_old_generations_are_not_kept_for_ever(tmp_path: Path) -> None:
    for number in range(6):
        install(tmp_path, {"freeswitch.xml": f"<a{number}/>"})
    assert len(list((tmp_path / writing.GENERATIONS).iterdir())) == writing.KEPT


def test_somebody_elses_configuration_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "freeswitch.xml").write_text("<theirs/>")
    with pytest.raises(ProvisioningError, match="no link of ours"):
        install(tmp_path, OLD)
    assert held(tmp_path) == {"freeswitch.xml": "<theirs/>"}


def test_drift_tells_each_file(tmp_path: Path) -> None:
    install(tmp_path, OLD)
    found = [(one.path, one.kind) for one in drift(tmp_path / "conf", NEW)]
    assert found == [
        ("profiles/trunks.xml", "missing"),
        ("profiles/phones.xml", "strange"),
        ("freeswitch.xml", "changed"),
    ]
    assert not drift(tmp_path / "conf", OLD)


def test_there_is_silence_as_long_as_there_is_no_music(tmp_path: Path) -> None:
    given = facts(tmp_path)
    music = given.music
    ensure_surroundings(given)
    assert [path.name for path in music.iterdir()] == ["silence.wav"]
    (music / "ours.wav").write_bytes(b"x")
    (music / "silence.wav").unlink()
    ensure_surroundings(given)
    assert [path.name for path in music.iterdir()] == ["ours.wav"]


def test_who_vouches_for_providers_lies_where_sofia_looks(tmp_path: Path) -> None:
    first, second = tmp_path / "first.pem", tmp_path / "second.pem"
    found = facts(tmp_path).certificates / "cafile.pem"
    for one in (first, second, second):
        ensure_surroundings(facts(tmp_path, authorities=one))
        assert found.readlink() == one
    ensure_surroundings(facts(tmp_path))
    assert not found.is_symlink()
    found.write_text("the paper's own")
    ensure_surroundings(facts(tmp_path, authorities=first))
    assert found.read_text() == "the paper's own"
