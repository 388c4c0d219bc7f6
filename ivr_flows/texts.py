"""Texts that can be rendered before anybody calls."""

from collections.abc import Iterable, Iterator, Mapping

from ivr_flows.flow import Flow
from ivr_flows.languages import BUILT_IN
from ivr_flows.speaking import split_sentences
from ivr_flows.templates import GAP, Template
from ivr_flows.text import Text

Rendered = tuple[str, str, str]
"""Text, language, voice (empty for the usual one)."""


def constant_texts(flow: Flow) -> Iterable[Rendered]:
    """Each text that a call of this flow may ask for word by word, once.

    Of a text with variables, the sentences that have none: speech is rendered by sentence.
    """
    return dict.fromkeys([*_own(flow), *_built_in(flow)])


def _own(flow: Flow) -> Iterator[Rendered]:
    for placed in flow.steps.values():
        for _, leaf in placed.step.compiled():
            if isinstance(leaf, Text):
                yield from _of_text(leaf, flow)


def _of_text(text: Text, flow: Flow) -> Iterator[Rendered]:
    for language, template in text.words:
        voice = flow.voices.get(language, "")
        yield from ((words, language, voice) for words in _sentences(template, language))


def _sentences(template: Template, language: str) -> list[str]:
    if template.constant:
        return [template.source] if template.source else []
    return [words for words in split_sentences(template.skeleton, language) if GAP not in words]


def _built_in(flow: Flow) -> Iterator[Rendered]:
    """What the engine and the steps say by themselves, in every language of the flow."""
    languages = {flow.language}
    sentences: list[Mapping[str, str]] = [*BUILT_IN]
    for placed in flow.steps.values():
        sentences += placed.step.sentences
        for _, leaf in placed.step.compiled():
            if isinstance(leaf, Text):
                languages.update(leaf.versions)
    for versions in sentences:
        for language in sorted(languages & versions.keys()):
            yield versions[language], language, flow.voices.get(language, "")
