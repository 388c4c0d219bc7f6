"""The dashboard and the alerts hold together.

There is no Grafana to be had as a Debian package: the JSON is looked at for what Grafana is known
to need. PromQL is read by `promtool` where that is installed.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from provisioning.grafana import dashboard
from provisioning.grafana.panels import WIDTH
from tests.provisioning.grafana.named import RULES, expressions, read_yaml

FOLDER = dashboard.PAGE.parent
PROMTOOL = shutil.which("promtool")
NO_PROMTOOL = "promtool is not installed: apt-get install prometheus"


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dashboard.PAGE.read_text())["panels"]
    return found


def test_the_file_is_what_its_program_makes() -> None:
    assert dashboard.PAGE.read_text() == dashboard.text(), (
        "run python -m provisioning.grafana.dashboard"
    )


def test_no_two_panels_share_a_place_or_a_number() -> None:
    taken = set()
    for panel in panels():
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= WIDTH
        cells = {
            (place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])
        }
        assert not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_every_panel_asks_the_chosen_source_and_names_what_it_shows() -> None:
    for panel in panels():
        assert panel["title"]
        for target in panel.get("targets", ()):
            assert target["datasource"]["uid"] == "${source}"
            assert target["expr"].count("(") == target["expr"].count(")")


def test_every_alert_says_where_and_what() -> None:
    for group in read_yaml(RULES)["groups"]:
        for rule in group["rules"]:
            assert rule["labels"]["severity"] in ("warning", "critical")
            assert "{{ $labels.instance }}" in rule["annotations"]["summary"]


@pytest.mark.skipif(PROMTOOL is None, reason=NO_PROMTOOL)
def test_prometheus_takes_the_configuration_with_its_rules(tmp_path: Path) -> None:
    for name in ("prometheus.yml", "alerts.yml"):
        shutil.copy(FOLDER / name, tmp_path)
    _promtool("check", "config", str(tmp_path / "prometheus.yml"))


@pytest.mark.skipif(PROMTOOL is None, reason=NO_PROMTOOL)
def test_prometheus_can_read_every_expression_of_the_dashboard(tmp_path: Path) -> None:
    plain = [expression.replace("$__rate_interval", "5m") for expression in expressions()]
    rules = [
        {"record": f"panel:{number}", "expr": re.sub(r'instance=~"\$box"', 'job="x"', expression)}
        for number, expression in enumerate(plain)
    ]
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "all", "rules": rules}]}))
    _promtool("check", "rules", str(tmp_path / "rules.yml"))


def _promtool(*words: str) -> None:
    assert PROMTOOL is not None
    ran = subprocess.run([PROMTOOL, *words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
