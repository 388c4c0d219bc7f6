"""Which figures the dashboard and the alerts ask for."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from provisioning.grafana.dashboard import PAGE

RULES = PAGE.with_name("alerts.yml")
OURS = re.compile(r"\bpressline_[a-z_]+\b")


def read_yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def expressions() -> Iterator[str]:
    """Of PromQL."""
    for panel in json.loads(PAGE.read_text())["panels"]:
        yield from (target["expr"] for target in panel.get("targets", ()))
    for group in read_yaml(RULES)["groups"]:
        yield from (rule["expr"] for rule in group["rules"])


def named() -> set[str]:
    return {name for expression in expressions() for name in OURS.findall(expression)}
