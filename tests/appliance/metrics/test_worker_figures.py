"""Jobs are counted by the forks of the worker, and added up by the panel."""

import subprocess
import sys
from pathlib import Path

from appliance.metrics.figures_file import as_text
from appliance.metrics.worker_figures import families
from tests.appliance.metrics.scraped import Figures

WORKER = """
import os, sys
from pathlib import Path
from huey import MemoryHuey
from appliance.metrics.worker_figures import count_jobs
jobs = MemoryHuey(immediate=True)
count_jobs(Path(sys.argv[1]), jobs)

@jobs.task()
def well(): pass

@jobs.task()
def badly(): 1 / 0

for _ in range(2):
    if (child := os.fork()) == 0:
        well()
        well()
        badly()
        os._exit(0)
    os.waitpid(child, 0)
"""


def counted(home: Path) -> Figures:
    subprocess.run([sys.executable, "-c", WORKER, str(home)], check=True, stderr=subprocess.DEVNULL)
    return Figures(as_text(lambda: families(home)).decode())


def test_jobs_of_all_forks_are_added_up(tmp_path: Path) -> None:
    found = counted(tmp_path)
    assert found.value("pressline_jobs_done_total", job="well", how="done") == 4
    assert found.value("pressline_jobs_done_total", job="badly", how="failed") == 2
    assert found.value("pressline_job_seconds_count", job="well") == 4


def test_a_worker_that_starts_anew_begins_at_nought(tmp_path: Path) -> None:
    counted(tmp_path)
    assert counted(tmp_path).value("pressline_jobs_done_total", job="well") == 4


def test_without_a_worker_there_are_none(tmp_path: Path) -> None:
    assert list(families(tmp_path)) == []
