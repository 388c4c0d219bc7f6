"""The reference page, the schema for editors, and the texts to render ahead."""

import json
import re

import pytest

from appliance.reference import PAGE
from appliance.steps import TABLE
from ivr_flows.errors import FlowInvalid
from ivr_flows.loader import load_flow
from ivr_flows.reference import Undocumented, page
from ivr_flows.schema import schema
from ivr_flows.speaking import split_sentences
from ivr_flows.step import Step
from ivr_flows.steps import table_of
from ivr_flows.texts import constant_texts
from tests.ivr_flows.doubles import GOOD, flow_of

EXAMPLE_WORLD = """
flow: example
start: example
steps:
  example:
{example}
"""


def steps_named_in(text: str) -> list[str]:
    """The steps to which an example leads."""
    try:
        load_flow(text, "example.yaml", table=TABLE)
    except FlowInvalid as refused:
        return sorted(set(re.findall(r'there is no step "(\w+)"', str(refused))))
    return []


def test_the_reference_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(TABLE), "run python -m appliance.reference"


class Silent(Step):
    verb = "silent"
    example = "silent: {}"


class Wordless(Step):
    """Has a field without a word about it."""

    verb = "wordless"
    example = "wordless: {}"

    field: str = ""


@pytest.mark.parametrize("kind", [Silent, Wordless])
def test_a_step_without_description_has_no_page(kind: type[Step]) -> None:
    with pytest.raises(Undocumented):
        page(table_of(kind))


def test_two_steps_with_one_verb_are_refused() -> None:
    with pytest.raises(ValueError, match="silent"):
        table_of(Silent, Silent)


@pytest.mark.parametrize("kind", TABLE.values(), ids=lambda kind: kind.verb)
def test_the_example_of_a_step_can_be_loaded(kind: type[Step]) -> None:
    lines = kind.example.strip().splitlines()
    text = EXAMPLE_WORLD.replace("{example}", "\n".join(f"    {line}" for line in lines))
    text += "".join(f'  {name}: {{say: "Yes."}}\n' for name in steps_named_in(text))
    assert load_flow(text, "example.yaml", table=TABLE).steps["example"].step.verb == kind.verb


def test_the_schema_knows_every_verb_and_is_json() -> None:
    made = json.loads(json.dumps(schema(TABLE)))
    steps = made["properties"]["steps"]["additionalProperties"]["oneOf"]
    assert {step["title"] for step in steps} == set(TABLE)
    assert set(made["required"]) == {"flow", "start", "steps"}
    assert all(set(step["properties"]) > {"next", "on", "note"} for step in steps)


def test_the_schema_takes_one_item_where_a_list_is_meant() -> None:
    takes = schema()["properties"]["takes"]
    assert [kind["type"] for kind in takes["anyOf"]] == ["string", "array"]


def test_constant_texts_are_given_with_language_and_voice() -> None:
    flow = flow_of(
        """
a: {say: {en: "Hello.", zh: "您好。"}, next: b}
b: {say: [{prompt: jingle}, "Dear {{ caller.name }}. Thank you for calling."]}
""",
        head="voice: {zh: soft}",
    )
    texts = list(constant_texts(flow))
    assert ("Hello.", "en", "") in texts
    assert ("您好。", "zh", "soft") in texts
    assert ("Thank you for calling.", "en", "") in texts
    assert not any("Dear" in text or "jingle" in text for text, _, _ in texts)
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_what_is_rendered_ahead_holds_no_variable(path: object) -> None:
    flow = load_flow(path.read_bytes(), path.name, table=TABLE)  # type: ignore[attr-defined]
    for text, language, _ in constant_texts(flow):
        assert "{{" not in text
        assert split_sentences(text, language)
