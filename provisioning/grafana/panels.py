"""The parts of a dashboard, in Grafana's words."""

from collections.abc import Sequence
from typing import Any

SOURCE = {"type": "prometheus", "uid": "${source}"}
WIDTH = 24
"""Columns of a dashboard."""

Panel = dict[str, Any]
Query = tuple[str, str]
"""A PromQL expression, and the legend of what it gives."""


def graph(title: str, *queries: Query, unit: str = "short", about: str = "") -> Panel:
    return _panel("timeseries", title, queries, unit, about)


def figure(
    title: str,
    query: str,
    unit: str = "short",
    *,
    warn: float | None = None,
    bad: float | None = None,
    low_is_bad: bool = False,
) -> Panel:
    """One number, coloured from `warn` and `bad` on; below them where low is bad."""
    panel = _panel("stat", title, [(query, "")], unit)
    panel["fieldConfig"]["defaults"]["thresholds"] = _thresholds(warn, bad, low_is_bad)
    panel["options"] = {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "value"}
    return panel


def lamp(title: str, *queries: Query) -> Panel:
    """Whether things are up."""
    panel = _panel("stat", title, queries, "short")
    states = {"0": {"text": "down", "color": "red"}, "1": {"text": "up", "color": "green"}}
    panel["fieldConfig"]["defaults"]["mappings"] = [{"type": "value", "options": states}]
    panel["options"] = {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "background"}
    return panel


def quantiles(metric: str, by: str = "") -> Sequence[Query]:
    """Half of all, and the slowest twentieth, of a histogram."""
    labels = f"le, {by}" if by else "le"
    legend = f" {{{{{by}}}}}" if by else ""
    return [
        (f"histogram_quantile({q}, sum by ({labels}) (rate({metric}_bucket[$__rate_interval])))",
         f"{name}{legend}")
        for q, name in ((0.5, "half"), (0.95, "95 %"))
    ]  # fmt: skip


def dashboard(title: str, uid: str, rows: Sequence[tuple[str, Sequence[Panel]]]) -> dict[str, Any]:
    """Rows of panels side by side, each row under its own title."""
    return {
        "title": title,
        "uid": uid,
        "tags": ["pressline"],
        "timezone": "browser",
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [_SOURCE_CHOICE, _BOX_CHOICE]},
        "panels": _placed(rows),
    }


_SOURCE_CHOICE = {"name": "source", "type": "datasource", "query": "prometheus", "label": "Source"}
_BOX_CHOICE = {
    "name": "box",
    "label": "Box",
    "type": "query",
    "datasource": SOURCE,
    "query": {"query": "label_values(pressline_up, instance)", "refId": "box"},
    "refresh": 2,
    "includeAll": True,
    "multi": True,
    "current": {"text": "All", "value": "$__all"},
}


def _panel(kind: str, title: str, queries: Sequence[Query], unit: str, about: str = "") -> Panel:
    targets = [
        {"refId": chr(ord("A") + place), "expr": expression, "legendFormat": legend,
         "datasource": SOURCE}
        for place, (expression, legend) in enumerate(queries)
    ]  # fmt: skip
    return {
        "type": kind,
        "title": title,
        "description": about,
        "datasource": SOURCE,
        "targets": targets,
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
    }


def _thresholds(warn: float | None, bad: float | None, low_is_bad: bool) -> dict[str, Any]:
    colours = ["red", "orange", "green"] if low_is_bad else ["green", "orange", "red"]
    values = [bad, warn] if low_is_bad else [warn, bad]
    steps: list[dict[str, Any]] = [{"color": colours[0] if any(values) else "green", "value": None}]
    steps += [
        {"color": colour, "value": value}
        for colour, value in zip(colours[1:], values, strict=True)
        if value is not None
    ]
    return {"mode": "absolute", "steps": steps}


def _placed(rows: Sequence[tuple[str, Sequence[Panel]]]) -> list[Panel]:
    placed: list[Panel] = []
    top = 0
    for title, panels in rows:
        placed.append(_row(title, top, len(placed) + 1))
        top += 1
        is_small = all(panel["type"] == "stat" for panel in panels)
        height, width = (4 if is_small else 8), WIDTH // len(panels)
        for column, panel in enumerate(panels):
            place = {"x": column * width, "y": top, "w": width, "h": height}
            placed.append({"id": len(placed) + 1, "gridPos": place, **panel})
        top += height
    return placed


def _row(title: str, top: int, number: int) -> Panel:
    place = {"x": 0, "y": top, "w": WIDTH, "h": 1}
    return {"id": number, "type": "row", "title": title, "gridPos": place, "panels": []}
