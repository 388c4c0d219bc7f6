"""`pressline check`"""

from pathlib import Path

import click

from ..flow_files import FlowText, failing_tests, load_together
from ..opening import open_book
from ..settings import load
from ..world import world_of


@click.command
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Tell every mistake in FILES (flows, or folders of them), and run their test calls.

    Queries, phones and other flows are checked against the home's store, if there is one.
    """
    settings = load()
    book = open_book(settings)
    texts = read_flows(files)
    live = book.flows if book.exists else None
    loaded = load_together(texts, world_of(settings, book), live)
    reasons = [str(problem) for problem in loaded.problems]
    if not reasons:
        reasons = failing_tests(loaded, book.flows, settings.facts)
    for reason in reasons:
        click.echo(reason)
    if reasons:
        raise SystemExit(1)
    for name, flow in loaded.flows.items():
        click.echo(
            f"{loaded.texts[name].file}: flow {name}: {len(flow.steps)} steps, "
            f"{len(flow.tests)} test calls passed"
        )


def read_flows(paths: tuple[Path, ...]) -> list[FlowText]:
    """The files, and the `*.yaml` of the folders among them."""
    files = [
        file
        for path in paths
        for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    ]
    if not files:
        raise click.ClickException(f"no *.yaml in {', '.join(map(str, paths))}")
    return [FlowText.read(file) for file in files]
