"""`pressline simulate`"""

from datetime import datetime
from pathlib import Path

import click
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ivr_flows.languages import LANGUAGES
from ivr_flows.simulator import simulate
from ivr_flows.trial import Trial

from ..flow_files import load_together
from ..opening import open_book
from ..settings import load
from ..step_line import step_line
from ..steps import simulated_services
from ..world import world_of
from .check import read_flows


@click.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--keys", default="", help='What the caller keys, for instance "1 1234#".')
@click.option("--caller", default="5550100", help="The caller's number; empty for withheld.")
@click.option("--dialed", default="100", help="The number called.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="The language in which the call begins."
)
@click.option("--at", type=click.DateTime(), help="When the call comes, by the paper's clock.")
@click.option(
    "--with",
    "results",
    multiple=True,
    metavar="QUERY=RESULT",
    help="What a query finds: empty, stale, error, or rows as YAML.",
)
def command(
    file: Path,
    keys: str,
    caller: str,
    dialed: str,
    language: str | None,
    at: datetime | None,
    results: tuple[str, ...],
) -> None:
    """Run the flow in FILE without a switch, and print what a caller would hear.

    Other flows are taken from the same folder.
    """
    settings = load()
    book = open_book(settings)
    loaded = load_together(read_flows((file.parent,)), world_of(settings, book), None)
    flow = next(
        (f for name, f in loaded.flows.items() if loaded.texts[name].file == str(file)), None
    )
    if flow is None:
        raise click.ClickException("\n".join(str(problem) for problem in loaded.problems))
    script = _script(
        {
            "name": "simulate",
            "keys": keys.split(),
            "caller": caller,
            "dialed": dialed,
            "language": language,
            "at": at,
            "with": dict(_result(text) for text in results),
        }
    )
    simulation = simulate(
        flow,
        script,
        flows={**book.flows, **loaded.flows}.get,
        facts=settings.facts,
        services=simulated_services(),
    )
    for record in simulation.run.trace:
        click.echo(step_line(record.flow, record.step, record.verb, record.event, record.detail))
    click.echo(
        f"{simulation.run.end}{f': {simulation.run.reason}' if simulation.run.reason else ''}"
    )


def _script(given: dict[str, object]) -> Trial:
    try:
        return Trial.model_validate(given)
    except ValidationError as error:
        faults = [f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
        raise click.ClickException("\n".join(faults)) from error


def _result(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    try:
        found = YAML(typ="safe", pure=True).load(value)
    except YAMLError as error:
        raise click.BadParameter(f"{text!r}: {error}") from error
    if not equals or not isinstance(found, str | list | dict):
        raise click.BadParameter(f"{text!r}: expected for instance subscription=empty")
    return name, found
