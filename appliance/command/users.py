"""`pressline users`: for whoever is locked out of the panel, and for scripts."""

import click

from admin.access.roles import Role
from admin.account.sessions import sessions_of
from admin.users import credentials, keeping
from store import database, migrate
from store.models import PanelUser

from ..settings import load
from ..step_line import one_line


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List who works with the panel, or help somebody who is locked out."""
    database.connect(load().store_url)
    migrate.migrate()
    if context.invoked_subcommand is None:
        _list()


@command.command
@click.argument("name")
@click.option("--role", default=Role.READ_ONLY, show_default=True, type=click.Choice(list(Role)))
@click.option("--title", default="", help="The person's name.")
def add(name: str, role: str, title: str) -> None:
    """Make user NAME, who signs in with a password that is shown once."""
    user, password = keeping.add(name, role, title=one_line(title)[:200])
    _tell(user.name, password)


@command.command
@click.argument("name")
def password(name: str) -> None:
    """Give NAME a new password, shown once; NAME is signed out everywhere."""
    _tell(name, credentials.reset_password(keeping.named(name)))


@command.command("second-factor")
@click.argument("name")
def second_factor(name: str) -> None:
    """Forget NAME's codes: for a lost phone."""
    user = keeping.named(name)
    credentials.drop_second_factor(user)
    click.echo(f"{user.name} signs in without a code next time.")


@command.command
@click.argument("name")
@click.argument("role", type=click.Choice(list(Role)))
def role(name: str, role: str) -> None:
    """Give NAME another ROLE."""
    user = keeping.named(name)
    keeping.change(user, {"role": role})
    click.echo(f"{user.name} is {role} now.")


@command.command
@click.argument("name")
def disable(name: str) -> None:
    """Sign NAME out and let NAME in no more."""
    user = keeping.named(name)
    keeping.change(user, {"active": False})
    click.echo(f"{user.name} may not sign in any more.")


@command.command
@click.argument("name")
def enable(name: str) -> None:
    """Let NAME in again, and forget wrong passwords and codes."""
    user = keeping.named(name)
    keeping.change(user, {"active": True})
    credentials.unlock(user)
    click.echo(f"{user.name} may sign in.")


def _list() -> None:
    for user in PanelUser.select().order_by(PanelUser.name):
        click.echo(_line(user))


def _line(user: PanelUser) -> str:
    browsers = len(sessions_of(user))
    notes = [
        "second factor" if user.totp_secret else "",
        "" if user.active else "may not sign in",
        f"signed in, browsers: {browsers}" if browsers else "",
    ]
    told = ", ".join(note for note in notes if note)
    return one_line(f"{user.name}  {user.role}  {user.title}  {told}").rstrip()


def _tell(name: str, password: str) -> None:
    click.echo(f"{name}: the password is {password}")
    click.echo("It is not shown again, and is to be changed at the first sign-in.")
