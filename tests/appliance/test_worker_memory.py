"""What the worker's forks have in common: all code that jobs need, loaded before the fork."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import appliance

LOADED = """
import sys
from appliance import worker, jobs, rounds
worker.load_for_all()
print(*sys.modules)
"""


def test_no_job_loads_code_of_ours_in_a_fork(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "PRESSLINE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = {name for function in _functions() for name in _imported(function)}
    assert {"appliance.speech", "voicemail.transcribing"} <= wanted
    assert wanted - set(done.stdout.split()) == set()


def _functions() -> list[ast.FunctionDef]:
    source = (Path(appliance.__file__).parent / "jobs.py").read_text(encoding="utf-8")
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def _imported(function: ast.FunctionDef) -> set[str]:
    """The modules, or the packages of names that are none."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.ImportFrom):
            package = f"appliance.{node.module}" if node.level else str(node.module)
            names = [f"{package}.{alias.name}" for alias in node.names]
            found |= {name if _is_module(name) else package for name in names}
    return found


def _is_module(name: str) -> bool:
    path = Path(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()
