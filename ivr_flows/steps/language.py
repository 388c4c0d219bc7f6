"""language: speak another language from here on."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from ivr_flows.context import Context
from ivr_flows.ports import Call, DigitRule
from ivr_flows.problem import nearest, one_of, quoted
from ivr_flows.quantities import Attempts, Duration, Key, wrong
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.text import TextField
from ivr_flows.world import LoadContext


def _known(language: Any, info: ValidationInfo) -> str:
    context: LoadContext = info.context  # type: ignore[assignment]
    if language in context.languages:
        return str(language)
    expected = one_of(context.languages)
    raise wrong(
        f"unknown language {quoted(language)}, expected one of {expected}",
        nearest(language, context.languages),
    )


class Offer(BaseModel):
    """A choice of languages by key."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    say: TextField
    """The question; as a list, so that each language speaks for itself."""
    options: Annotated[dict[Key, str], Field(min_length=1)]
    """Key to language."""
    timeout: Duration = 5.0
    """Silence allowed after the question, in seconds."""
    attempts: Attempts = 2
    """How often it is asked."""

    @field_validator("options")
    @classmethod
    def _languages(cls, options: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        return {key: _known(language, info) for key, language in options.items()}


class Language(Step):
    """Sets the language of all that follows, or lets the caller choose it."""

    verb: ClassVar[str] = "language"
    example: ClassVar[str] = """\
language:
  offer:
    say: "For English press 1. For Mandarin press 2."
    options: {"1": en, "2": zh}
next: welcome
"""
    shorthand: ClassVar[str] = "set"
    audible: ClassVar[bool] = True
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "noinput": Event("the caller chose none; the language stays", "next"),
    }

    set: str | None = None
    """The language: en, zh (Mandarin) or yue (Cantonese)."""
    offer: Offer | None = None
    """A choice by key, instead of `set`."""

    @field_validator("set")
    @classmethod
    def _language(cls, language: str | None, info: ValidationInfo) -> str | None:
        return None if language is None else _known(language, info)

    @field_validator("offer")
    @classmethod
    def _one_of_two(cls, offer: Offer | None, info: ValidationInfo) -> Offer | None:
        if (offer is None) == (info.data.get("set") is None):
            raise wrong("expected either a language or an offer")
        return offer

    def run(self, call: Call, context: Context) -> str:
        language = self.set or self._ask(call, context)
        if language is None:
            return "noinput"
        context.set_language(language)
        context.note("language", language)
        return DONE

    def _ask(self, call: Call, context: Context) -> str | None:
        if self.offer is None:
            return None
        context.answer()
        rule = DigitRule(finish_on="", first_timeout=self.offer.timeout)
        for _ in range(self.offer.attempts):
            key = call.collect(context.prompts(self.offer.say), rule).keys
            context.note("keyed", key)
            if key in self.offer.options:
                return self.offer.options[key]
        return None
