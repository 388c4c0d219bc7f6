"""What is written to the log, as programs read it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from appliance.log_lines import as_json, labelled

SET_UP = (
    "from appliance import logs; logs.set_up(); import structlog; log = structlog.get_logger()\n"
)
GREENLETS = f"""
from gevent import monkey
monkey.patch_all()
import gevent, logging
{SET_UP}
def call(id):
    structlog.contextvars.bind_contextvars(call=id)
    gevent.sleep(0.01)
    log.info("ours")
    logging.getLogger("esl.call").warning("a library's: %s", id)
gevent.joinall([gevent.spawn(call, id) for id in ("one", "two")])
log.info("nobody's")
"""
FAULT = f"""{SET_UP}
import logging
try:
    1 / 0
except ZeroDivisionError:
    log.exception("ours")
    logging.getLogger("x").exception("a library's")
"""


def written(source: str, home: Path, form: str = "json") -> list[str]:
    environment = {**os.environ, "PRESSLINE_HOME": str(home), "PRESSLINE_LOG_FORMAT": form}
    ran = subprocess.run(
        [sys.executable, "-c", source], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


def objects(source: str, home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(source, home)]


def test_each_line_of_a_call_carries_its_id_and_no_other_does(tmp_path: Path) -> None:
    lines = objects(GREENLETS, tmp_path)
    assert [line["call"] for line in lines if line["event"] == "ours"] == ["one", "two"]
    libraries = [line for line in lines if line["event"].startswith("a library's")]
    assert all(line["event"].endswith(line["call"]) for line in libraries)
    assert len(libraries) == 2
    assert "call" not in lines[-1]


def test_a_line_is_one_object_whatever_it_says(tmp_path: Path) -> None:
    (line,) = objects(SET_UP + 'log.warning("a\\nb", number="x\\ny", odd=object)', tmp_path)
    assert (line["event"], line["number"], line["level"]) == ("a\nb", "x\ny", "warning")
    assert line["timestamp"].endswith("Z")


def test_a_fault_is_one_object_with_its_traceback(tmp_path: Path) -> None:
    for line in objects(FAULT, tmp_path):
        assert "ZeroDivisionError" in line["exception"]


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("name", ["pin", "password", "token", "secret", "digits"])
def test_what_is_secret_is_not_written_even_if_somebody_tries(
    tmp_path: Path, form: str, name: str
) -> None:
    (line,) = written(SET_UP + f'log.info("odd", {name}="8642")', tmp_path, form)
    assert "8642" not in line
    assert name in line


def test_wrong_settings_still_leave_a_log(tmp_path: Path) -> None:
    (tmp_path / "pressline.toml").write_text("log_format = 'loud'")
    environment = {**os.environ, "PRESSLINE_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", SET_UP + 'log.info("here")'],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "here" in ran.stdout


def test_on_a_terminal_each_line_has_the_name_of_its_process() -> None:
    assert labelled("switch", "SIP on 5060") == "  switch │ SIP on 5060"


def test_for_programs_a_line_that_is_no_object_becomes_one() -> None:
    found = json.loads(as_json("switch", 'odd "text"'))
    assert (found["process"], found["event"]) == ("switch", 'odd "text"')
    assert as_json("callbox", '{"event": "x"}') == '{"event": "x"}'
