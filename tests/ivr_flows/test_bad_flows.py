"""One file for each mistake; the message that it must give stands in its first line."""

from pathlib import Path

import pytest

from appliance.steps import TABLE
from ivr_flows.errors import FlowInvalid
from ivr_flows.head import MAX_STEPS
from ivr_flows.loader import load_flow
from ivr_flows.reading import MAX_BYTES
from ivr_flows.steps import CORE, Table
from tests.ivr_flows.doubles import BAD, BAD_IN_DOMAINS, WORLD

PREFIX = "# expect: "


def expected(path: Path) -> list[str]:
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    return [line.removeprefix(PREFIX) for line in lines if line.startswith(PREFIX)]


def told(path: Path, table: Table) -> list[str]:
    with pytest.raises(FlowInvalid) as caught:
        load_flow(path.read_bytes(), path.name, WORLD, table)
    return [str(problem).removeprefix(f"{path.name}:") for problem in caught.value.problems]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_each_mistake_is_told_with_its_place(path: Path) -> None:
    assert expected(path)
    assert told(path, CORE) == expected(path)


@pytest.mark.parametrize("path", BAD_IN_DOMAINS, ids=lambda path: f"{path.parent.stem}-{path.stem}")
def test_each_mistake_in_the_step_of_a_domain_is_told_with_its_place(path: Path) -> None:
    assert expected(path)
    assert told(path, TABLE) == expected(path)


def test_there_is_a_file_for_every_kind_of_mistake() -> None:
    assert len(BAD) >= 40


def test_a_message_names_file_line_column_step_and_hint() -> None:
    path = next(path for path in BAD if path.stem == "unknown_step_in_next")
    with pytest.raises(FlowInvalid) as caught:
        load_flow(path.read_bytes(), "main.yaml", WORLD)
    assert str(caught.value) == (
        'main.yaml:6:28 step "a": there is no step "bey", did you mean "bye"?'
    )


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(FlowInvalid, match="too large"):
        load_flow("#" * (MAX_BYTES + 1), "huge.yaml")


def test_a_flow_with_too_many_steps_is_refused() -> None:
    steps = "\n".join(f"  s{n}: {{goto: s{n + 1}}}" for n in range(MAX_STEPS + 1))
    with pytest.raises(FlowInvalid, match=f"expected at most {MAX_STEPS}"):
        load_flow(f"flow: main\nstart: s0\nsteps:\n{steps}\n", "many.yaml")


def test_a_flow_with_countless_mistakes_tells_a_hundred() -> None:
    steps = "\n".join(f"  s{n}: {{sya: x}}" for n in range(500))
    with pytest.raises(FlowInvalid) as caught:
        load_flow(f"flow: main\nstart: s0\nsteps:\n{steps}\n", "many.yaml")
    assert len(caught.value.problems) == 100
