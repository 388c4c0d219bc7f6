"""Texts that can be rendered before anybody calls."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from ivr_flows.flow import Flow
from ivr_flows.languages import BUILT_IN
from ivr_flows.speaking import split_sentences
from ivr_flows.templates import GAP, Template
from ivr_flows.text import Text

Rendered = tuple[str, str, str]
"""Text, language, voice (empty for the usual one)."""


def constant_texts(flow: Flow, languages: Collection[str] = ()) -> Iterable[Rendered]:
    """Each text that a call of this flow may ask for word by word, once.

    Of a text with variables, the sentences that have none: speech is rendered by sentence. Steps
    may speak in further `languages` than those of the flow: those of the mailboxes.
    """
    return dict.fromkeys([*_own(flow), *_built_in(flow), *_of_steps(flow, languages)])


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
    """What the engine says by itself, in every language of the flow."""
    return _in_languages(BUILT_IN, _languages(flow), flow)


def _of_steps(flow: Flow, languages: Collection[str]) -> Iterator[Rendered]:
    """What the steps say by themselves."""
    spoken = _languages(flow).union(languages)
    for placed in flow.steps.values():
        yield from _in_languages(placed.step.sentences, spoken, flow)


def _languages(flow: Flow) -> set[str]:
    found = {flow.language}
    for placed in flow.steps.values():
        for _, leaf in placed.step.compiled():
            if isinstance(leaf, Text):
                found.update(leaf.versions)
    return found


def _in_languages(
    sentences: Iterable[Mapping[str, str]], languages: set[str], flow: Flow
) -> Iterator[Rendered]:
    for versions in sentences:
        for language in sorted(languages & versions.keys()):
            yield versions[language], language, flow.voices.get(language, "")
