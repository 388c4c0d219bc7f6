"""`pressline call`"""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import click

from ..phone.calling import place_call
from ..phone.options import CallOptions, Progress
from ..phone.report import CallReport
from ..settings import Settings, load
from ..step_line import news_line
from ..watcher import Watcher


@click.command
@click.argument("number")
@click.option(
    "--keys",
    default="",
    help='What to press: "1 1234#" presses 1 when the first prompt has ended, 1234# after the '
    'next; "@3.5:1" presses 1 at 3.5 s, "~0.5:2" half a second after the word before; '
    '"speak" and "hangup" are words too.',
)
@click.option("--speak", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="WAV of what was heard."
)
@click.option("--from", "from_number", default="1000", help="The number to call from.")
@click.option("--name", default="Test Phone", help="The name to call with.")
@click.option("--info", is_flag=True, help="Send keys by SIP INFO instead of RFC 4733.")
@click.option("--limit", default=120.0, show_default=True, help="Seconds until we hang up.")
@click.option("--server", default="", help="host:port of the switch, if not the box's own.")
def command(
    number: str,
    keys: str,
    speak: Path | None,
    save: Path | None,
    from_number: str,
    name: str,
    info: bool,
    limit: float,
    server: str,
) -> None:
    """Place a real SIP call to NUMBER, and show what the flow does as it happens."""
    settings = load()
    options = CallOptions(
        uri=number if number.startswith("sip:") else f"sip:{number}@{server or settings.sip}",
        keys=keys,
        info=info,
        speak=speak,
        from_number=from_number,
        from_name=name,
        limit=limit,
    )
    report = Caller(settings).place(options)
    if save:
        report.save(save)
    click.echo(summary(report, save))
    if not report.answered:
        raise SystemExit(1)


class Caller:
    """The phone in a thread of its own, the news of the flow in this one."""

    def __init__(self, settings: Settings) -> None:
        self._watcher = Watcher(settings)
        self._printing = threading.Lock()
        self._call_id = ""

    def place(self, options: CallOptions) -> CallReport:
        """Raises `PhoneError` for options that make no call."""
        watching = self._watcher.start(self._on_news)
        if watching:
            self._print(f"(the flow's steps are not shown: {watching})")
        outcome: list[CallReport | BaseException] = []
        phone = threading.Thread(target=self._phone, args=(options, outcome))
        phone.start()
        self._watcher.run_while(phone.is_alive)
        (result,) = outcome
        if isinstance(result, BaseException):
            raise result
        return result

    def _phone(self, options: CallOptions, outcome: list[CallReport | BaseException]) -> None:
        try:
            followed = replace(options, on_progress=self._on_progress)
            outcome.append(asyncio.run(place_call(followed)))
        except BaseException as error:  # raised again in the main thread
            outcome.append(error)

    def _on_progress(self, progress: Progress) -> None:
        self._call_id = progress.call_id
        self._print(f"{progress.at:7.2f} s  phone  {progress.text}")

    def _on_news(self, news: dict[str, object]) -> None:
        if news.get("sip_call_id") == self._call_id:
            self._print(f"           flow   {news_line(news)}")

    def _print(self, line: str) -> None:
        with self._printing:
            click.echo(line)


def summary(report: CallReport, saved: Path | None) -> str:
    if not report.answered:
        return f"Not answered: {report.status} {report.phrase}".rstrip()
    said = f"{report.seconds:.1f} s, {report.prompts} prompts heard, {report.end}"
    undone = f", {report.undone} words of the keys were not needed" if report.undone else ""
    kept = f", saved as {saved}" if saved else ""
    return f"Answered after {report.answered_after:.0f} ms; {said}{undone}{kept}."
