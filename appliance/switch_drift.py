"""Where FreeSWITCH's files, or what it runs, differ from what settings and store say."""

from collections.abc import Iterator, Sequence

from esl.errors import EslError
from provisioning.freeswitch import running
from provisioning.freeswitch.drift import Difference, drift
from provisioning.freeswitch.facts import Facts
from provisioning.freeswitch.rendering import generation, render
from provisioning.freeswitch.running import Api

from .home import Home
from .settings import Settings
from .switch_facts import switch_facts
from .switch_link import switch_api

KINDS = {"missing": "is missing", "strange": "is none of ours", "changed": "was changed"}


def drift_lines(settings: Settings, home: Home) -> Sequence[str]:
    """In words; nothing of what the files hold is told, for passwords stand there.

    On an open store.
    """
    facts = switch_facts(settings, home)
    files = render(facts)
    found = [_told(difference) for difference in drift(facts.folder / "conf", files)]
    try:
        with switch_api(settings) as api:
            found += _running(api, facts, generation(files))
    except EslError as error:
        found.append(f"FreeSWITCH cannot be asked: {error}")
    return found


def state_lines(settings: Settings, home: Home) -> Iterator[str]:
    """How FreeSWITCH runs, a line each."""
    facts = switch_facts(settings, home)
    try:
        with switch_api(settings) as api:
            if not running.is_ours(api, facts.folder):
                yield "FreeSWITCH runs with another configuration: docs/freeswitch.md"
                return
            yield from running.needs_restart(api, facts) or ["all profiles run"]
            states = running.gateways(api)
            for one in facts.gateways:
                told = running.trouble(states.get(one.name), one)
                yield told or f"trunk {one.name}: {states[one.name].state}, answers"
    except EslError as error:
        yield f"FreeSWITCH cannot be asked: {error}"


def _told(difference: Difference) -> str:
    return f"{difference.path} {KINDS[difference.kind]}"


def _running(api: Api, facts: Facts, expected: str) -> Iterator[str]:
    if not running.is_ours(api, facts.folder):
        yield "FreeSWITCH runs with another configuration: docs/freeswitch.md"
        return
    if running.generation(api) != expected:
        yield "FreeSWITCH has read other files: pressline switch apply"
    found = running.gateways(api)
    for name in running.differing(facts.gateways, found):
        yield f"FreeSWITCH runs the trunk {name} in another form, and ought not to"
    for name in running.missing(facts.gateways, found):
        yield f"FreeSWITCH does not have the trunk {name}"
    yield from running.needs_restart(api, facts)
