"""The sidecar runs real child processes here."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import gevent
import pytest
from gevent import subprocess
from gevent.subprocess import Popen

from appliance.errors import SidecarFailed, SidecarTimeout
from appliance.sidecar import OVERDUE_BEFORE_REPLACING, Sidecar


@pytest.fixture
def sidecar() -> Iterator[Sidecar]:
    sidecar = Sidecar("tests.appliance.sidecar_tasks")
    yield sidecar
    sidecar.stop()


def test_work_is_done_in_another_process(sidecar: Sidecar) -> None:
    assert sidecar.run("double", 21, limit=20) == 42


def test_tasks_that_come_at_once_start_one_child(
    sidecar: Sidecar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*given: Any, **more: Any) -> Any:
        gevent.sleep(0.05)  # as on a busy machine, where others have their turn meanwhile
        return Popen(*given, **more)

    monkeypatch.setattr(subprocess, "Popen", slow)
    asking = [gevent.spawn(sidecar.run, "pid", limit=60) for _ in range(20)]
    assert len({one.get() for one in asking}) == 1


def test_a_failing_task_is_told_with_its_reason(sidecar: Sidecar) -> None:
    with pytest.raises(SidecarFailed, match="fail: division by zero"):
        sidecar.run("fail", limit=20)


def test_a_result_that_cannot_be_sent_is_a_failure_of_that_task_alone(sidecar: Sidecar) -> None:
    with pytest.raises(SidecarFailed, match="socket: "):
        sidecar.run("socket", limit=20)
    assert sidecar.run("double", 1, limit=20) == 2


def test_a_dead_child_fails_what_it_had_and_is_replaced(sidecar: Sidecar) -> None:
    with pytest.raises(SidecarFailed, match="died"):
        sidecar.run("die", limit=20)
    assert sidecar.run("double", 4, limit=20) == 8


def test_other_greenlets_go_on_and_each_gets_its_own_answer(sidecar: Sidecar) -> None:
    hanging = gevent.spawn(sidecar.run, "hang", limit=2)
    jobs = [gevent.spawn(sidecar.run, "double", n, limit=20) for n in range(50)]
    gevent.joinall([*jobs, hanging])
    assert [job.value for job in jobs] == [n * 2 for n in range(50)]
    assert isinstance(hanging.exception, SidecarTimeout)


def test_large_messages_from_many_greenlets_do_not_mix(sidecar: Sidecar) -> None:
    texts = [chr(65 + n) * 1_000_000 for n in range(8)]
    jobs = [gevent.spawn(sidecar.run, "echo", text, limit=20) for text in texts]
    assert [job.get() for job in jobs] == texts


def test_a_child_whose_work_never_ends_is_replaced(sidecar: Sidecar) -> None:
    first = sidecar.run("pid", limit=20)
    for _ in range(OVERDUE_BEFORE_REPLACING):
        with pytest.raises(SidecarTimeout, match=r"hang was not done in 0\.05 s"):
            sidecar.run("hang", limit=0.05)
    assert sidecar.run("pid", limit=20) != first


def test_a_frozen_child_holds_its_tasks_for_a_moment_only(sidecar: Sidecar) -> None:
    first = sidecar.run("pid", limit=60)
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(SidecarFailed, match="no sign of life"):
        sidecar.run("double", 1, limit=60)
    assert sidecar.run("pid", limit=60) != first


def test_a_child_that_ended_is_there_again_before_anybody_asks(sidecar: Sidecar) -> None:
    first = sidecar.run("pid", limit=60)
    os.kill(first, signal.SIGKILL)
    with gevent.Timeout(60):
        while sidecar.alive:
            gevent.sleep(0.05)
        while not sidecar.alive:
            gevent.sleep(0.05)
    assert sidecar.run("pid", limit=60) != first


def test_a_stopped_sidecar_stays_stopped(sidecar: Sidecar) -> None:
    child = sidecar.run("pid", limit=60)
    sidecar.stop()
    gevent.sleep(0.3)  # longer than a child that ended is waited with
    assert not sidecar.alive
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
