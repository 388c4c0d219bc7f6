"""Outlines and versions as the editor's script takes them."""

from typing import Any

from flask_babel import gettext

from admin.pages import moment
from ivr_flows.outline import Outline, OutlinedStep
from ivr_flows.problem import Problem
from store.models import FlowVersion


def told(outline: Outline) -> dict[str, Any]:
    return {
        "start": outline.start,
        "rescue": outline.rescue,
        "tests": outline.tests,
        "steps": [_step(step) for step in outline.steps],
        "problems": [_problem(problem) for problem in outline.problems],
    }


def _step(step: OutlinedStep) -> dict[str, Any]:
    ways = [[way.event, way.to] for way in step.ways]
    return {
        "name": step.name,
        "verb": step.verb,
        "line": step.line,
        "last": step.last,
        "ways": ways,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    words = problem.message + (f", {problem.hint}" if problem.hint else "")
    return {
        "line": problem.line,
        "column": problem.column,
        "step": problem.step,
        "message": words,
    }


def saved(version: FlowVersion) -> dict[str, Any]:
    """A version without its text."""
    who = version.author or gettext("somebody")
    return {"number": version.number, "author": who, "at": moment(version.created_at, "short")}
