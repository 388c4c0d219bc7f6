"""`pressline pieces`"""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TextIO

import click

from lines.pieces import reviewing
from lines.pieces.errors import PieceUnknown
from lines.pieces.transcribing import again as hear_again
from store.models import Piece
from store.models.expert import PieceState, Review

from ..errors import ApplianceError
from ..home import Home
from ..opening import open_book
from ..piece_publishing import publish as publish_all
from ..piece_sounds import Sounds
from ..settings import Settings, load
from .piece_lines import line_of, shown

ID = click.argument("id")
AUTHOR = click.option(
    "--by", "author", default="", help="Who does this; without it, your account's name."
)


class Desk(NamedTuple):
    """What every subcommand works on."""

    settings: Settings
    home: Home

    def row(self, id: str) -> Piece:
        return reviewing.piece(id)

    def recording(self, id: str) -> Path:
        """Raises `PieceUnknown`."""
        return self.home.recordings / self.row(id).path


@click.group(invoke_without_command=True)
@click.option("--session", type=int, help="Only those of session number SESSION.")
@click.option("--review", type=click.Choice(list(Review)), help="Only those so judged.")
@click.option("--all", "everything", is_flag=True, help="Also what is on air, and what is lost.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@click.pass_context
def command(
    context: click.Context, session: int | None, review: str | None, everything: bool, limit: int
) -> None:
    """List the recorded questions and answers of the experts' hours, or review them."""
    settings = load()
    open_book(settings, make=True)
    context.obj = Desk(settings, Home(settings.home))
    if context.invoked_subcommand is None:
        state = None if everything else PieceState.KEPT
        found = reviewing.listing(session, Review(review) if review else None, state, limit)
        for row in found:
            click.echo(line_of(row, settings.time_zone))
        if not found:
            click.echo("No pieces.")


@command.command
@ID
@click.pass_obj
def show(desk: Desk, id: str) -> None:
    """Show piece ID: its words, its marks, and what was done with it."""
    for line in shown(desk.row(id), reviewing.edits(id), desk.home, desk.settings.time_zone):
        click.echo(line)


@command.command
@ID
@click.pass_obj
def path(desk: Desk, id: str) -> None:
    """Tell where the whole recording of piece ID lies, to be played."""
    if not desk.row(id).path:
        raise ApplianceError(f"piece {id} has no recording (yet)")
    click.echo(desk.recording(id).absolute())


@command.command
@ID
@click.argument("text", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="Take the text from FILE.")
@AUTHOR
@click.pass_obj
def correct(desk: Desk, id: str, text: str | None, file: TextIO | None, author: str) -> None:
    """Set the words of piece ID that readers see; empty ones give back what was heard."""
    words = file.read() if file else text
    if words is None or (file and text):
        raise click.UsageError("give either TEXT or --file")
    reviewing.correct(id, words, _by(author))
    _changed(desk, id)


@command.command
@ID
@click.argument("title")
@AUTHOR
@click.pass_obj
def title(desk: Desk, id: str, title: str, author: str) -> None:
    """Set the title of piece ID; an empty one gives back the session's topic."""
    reviewing.entitle(id, title, _by(author))
    _changed(desk, id)


@command.command
@ID
@click.argument("start", type=float)
@click.argument("end", type=float, required=False)
@AUTHOR
@click.pass_obj
def cut(desk: Desk, id: str, start: float, end: float | None, author: str) -> None:
    """Have readers hear piece ID from START to END, in seconds of the recording."""
    sounds = Sounds(desk.home.models)
    reviewing.cut(id, start, end, _by(author), desk.home.recordings, sounds)
    _changed(desk, id)


def _judgement(name: str, act: Callable[[str, str], None], told: str) -> None:
    """A subcommand that judges a piece."""

    @command.command(name, help=told)
    @ID
    @AUTHOR
    @click.pass_obj
    def judge(desk: Desk, id: str, author: str) -> None:
        act(id, _by(author))
        _changed(desk, id)


_judgement("approve", reviewing.approve, "Have piece ID published.")
_judgement("reject", reviewing.reject, "Keep piece ID back; if it was published, it vanishes.")
_judgement("reopen", reviewing.reopen, "Take back what was decided about piece ID.")


@command.command
@ID
@click.pass_obj
def again(desk: Desk, id: str) -> None:
    """Have piece ID written down again by the machine."""
    from ..jobs import take_in_piece  # opens the queue in the home

    if not hear_again(id):
        raise PieceUnknown(id)
    take_in_piece(id)
    click.echo("It is written down again.")


@command.command
@click.pass_obj
def publish(desk: Desk) -> None:
    """Bring the published pages up to date now, without waiting for the worker."""
    done = publish_all(desk.settings, desk.home)
    if done is None:
        raise ApplianceError("the worker is publishing just now; nothing more is needed")
    click.echo(
        f"{done.stories} published, {done.written} files written, {done.removed} removed"
        f"{f', {done.failed} failed: see the log' if done.failed else ''}."
    )
    click.echo(f"In {desk.home.public.absolute()}, for {desk.settings.published_url}.")


def _by(author: str) -> str:
    return author or getpass.getuser()


def _changed(desk: Desk, id: str) -> None:
    """Readers see it soon; here it is seen at once."""
    from ..jobs import publish_pieces  # opens the queue in the home

    publish_pieces()
    click.echo(line_of(desk.row(id), desk.settings.time_zone))
