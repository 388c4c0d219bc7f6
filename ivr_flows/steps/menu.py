"""menu: say the choices and take one key."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.languages import WRONG_KEY
from ivr_flows.ports import Call, DigitRule, Prompt
from ivr_flows.quantities import Attempts, Duration, Key, StepName
from ivr_flows.step import Event, Step
from ivr_flows.text import TextField

Options = Annotated[dict[Key, StepName], Field(min_length=1)]


class Menu(Step):
    """Says the choices and goes where the caller's key leads."""

    verb: ClassVar[str] = "menu"
    example: ClassVar[str] = """\
menu:
  say: "For subscriptions press 1, for the newsroom press 2."
  options: {"1": subscriptions, "2": newsroom}
  noinput: newsroom
"""
    events: ClassVar[Mapping[str, Event]] = {
        "noinput": Event("no key was pressed in the last attempt"),
        "nomatch": Event("the key of the last attempt is not an option"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    goes_on: ClassVar[bool] = False

    say: TextField
    """The choices."""
    options: Options
    """Key (0 to 9, * or #) to step."""
    timeout: Duration = 5.0
    """Silence allowed after the choices, in seconds."""
    attempts: Attempts = 3
    """How often the choices are said."""
    wrong: TextField | None = None
    """Said after a key that is not an option; a usual sentence if not given."""
    noinput: StepName | None = None
    """Step for a caller who keys nothing."""
    nomatch: StepName | None = None
    """Step for a caller who keys only wrong keys; `noinput` if not given."""

    def branches(self) -> Mapping[str, str]:
        given = {"noinput": self.noinput, "nomatch": self.nomatch or self.noinput}
        return {**self.options, **{event: step for event, step in given.items() if step}}

    def run(self, call: Call, context: Context) -> str:
        rule = DigitRule(finish_on="", first_timeout=self.timeout)
        event, hint = "noinput", list[Prompt]()
        for _ in range(self.attempts):
            key = call.collect([*hint, *context.prompts(self.say)], rule).keys
            context.note("keyed", key)
            if key in self.options:
                return key
            event = "nomatch" if key else "noinput"
            hint = self._hint(context) if key else []
        return event

    def _hint(self, context: Context) -> list[Prompt]:
        return context.prompts(self.wrong) if self.wrong else context.sentence(WRONG_KEY)
