from pathlib import Path

import pytest

from appliance import prompt_memory
from ivr_flows.ports import Prompt


@pytest.fixture
def known(tmp_path: Path) -> prompt_memory.Known:
    sounds = [tmp_path / name for name in ("one.wav", "two.wav", "three.wav")]
    for sound in sounds:
        sound.touch()
    first, second, third = sounds
    return {
        ("say", "Welcome. 请留言。", "en", ""): [Prompt(first, "Welcome.", 1.5), Prompt(second)],
        ("recording", "jingle", "en"): [Prompt(third)],
    }


def test_the_next_process_knows_what_the_last_one_knew(
    tmp_path: Path, known: prompt_memory.Known
) -> None:
    prompt_memory.keep(tmp_path / "prompts.json", known)
    assert prompt_memory.recall(tmp_path / "prompts.json") == known


def test_a_prompt_whose_sound_is_gone_is_forgotten(
    tmp_path: Path, known: prompt_memory.Known
) -> None:
    prompt_memory.keep(tmp_path / "prompts.json", known)
    (tmp_path / "two.wav").unlink()
    assert list(prompt_memory.recall(tmp_path / "prompts.json")) == [("recording", "jingle", "en")]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "[[1, 2]]", "[[[], [[1]]]]", "7", '["ab"]', "\x00"]
)
def test_a_memory_that_is_spoiled_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "prompts.json").write_text(content)
    assert prompt_memory.recall(tmp_path / "prompts.json") == {}


def test_where_nothing_can_be_written_nothing_is_remembered(
    tmp_path: Path, known: prompt_memory.Known
) -> None:
    prompt_memory.keep(tmp_path / "nowhere" / "prompts.json", known)
    assert prompt_memory.recall(tmp_path / "nowhere" / "prompts.json") == {}
