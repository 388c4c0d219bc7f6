"""`pressline messages`"""

from dataclasses import replace

import click

from store.models import Delivery, Message
from store.models.message import DeliveryState, Transcript
from tts_asr.transcript import Word, written
from voicemail.boxes import listing
from voicemail.delivery.outbox import retry
from voicemail.errors import MessageUnknown
from voicemail.transcribing import again, newest_correction

from ..home import Home
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line


@click.command
@click.argument("which", default="", metavar="[BOX|ID]")
@click.option("--again", "listen_again", is_flag=True, help="Have message ID transcribed again.")
@click.option("--retry", "send_again", is_flag=True, help="Send what failed for message ID again.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
def command(which: str, listen_again: bool, send_again: bool, limit: int) -> None:
    """List messages, newest first, of all mailboxes or of BOX.

    With a message's ID: that message, with its words and whoever was told of it.
    """
    settings = load()
    open_book(settings, make=True)
    if listen_again or send_again:
        _do_again(which, listen_again, send_again)
        return
    try:
        told = listing.message(which)
    except MessageUnknown:
        _list(which, limit, settings)
    else:
        _show(told, settings)


def _do_again(id: str, listen_again: bool, send_again: bool) -> None:
    from ..jobs import take_in_message, tell_of_message  # opens the queue in the home

    told = listing.message(id)
    if listen_again:
        again(id)
        take_in_message(id)
        click.echo("It is transcribed again.")
    if send_again:
        failed = [sent.id for sent in told.deliveries if _has_failed(sent)]
        for delivery in failed:
            retry(delivery)
            tell_of_message(delivery)
        click.echo(f"{len(failed)} deliveries are tried again." if failed else "None had failed.")


def _words(transcript: Transcript) -> str:
    """As a person has put them, else a machine's, with the doubtful ones marked."""
    corrected = newest_correction(transcript.message.id)
    if corrected or not transcript.words:
        return corrected.text if corrected else transcript.text
    words = [Word(**word) for word in transcript.words]
    marked = [replace(word, text=f"{word.text}[?]") if word.is_doubtful else word for word in words]
    return written(marked, transcript.language)


def _has_failed(sent: Delivery) -> bool:
    """For good, or so that it waits for its next attempt."""
    return sent.state == DeliveryState.FAILED or (
        sent.state == DeliveryState.WAITING and sent.attempts > 0
    )


def _list(box: str, limit: int, settings: Settings) -> None:
    found = listing.messages(box, limit)
    for message in found:
        click.echo(_line(message, settings))
    if not found:
        click.echo("No messages." if box else "No messages yet.")


def _line(message: Message, settings: Settings) -> str:
    when = f"{message.started_at.astimezone(settings.time_zone):%Y-%m-%d %H:%M:%S}"
    number = "withheld" if message.withheld else message.caller_number
    who = f"{number} {message.caller_name}".strip() or "unknown"
    urgent = "  URGENT" if message.urgent else ""
    box = message.box if message.mailbox else f"{message.box} (no such mailbox)"
    return one_line(
        f"{when}  {message.id}  {box}  {who}  {message.seconds:.0f} s  {message.state}{urgent}"
    )


def _show(told: listing.Told, settings: Settings) -> None:
    message, transcript = told.message, told.transcript
    click.echo(_line(message, settings))
    if message.callback_number:
        click.echo(one_line(f"  call back at {message.callback_number}"))
    if message.reason:
        click.echo(one_line(f"  because: {message.reason}"))
    if message.path:
        click.echo(f"  sound  {Home(settings.home).voicemail / message.path}")
    if transcript:
        click.echo(one_line(f"  words ({transcript.state}): {_words(transcript)}"))
        for remark in filter(None, (transcript.note, transcript.error)):
            click.echo(one_line(f"    {remark}"))
    for sent in told.deliveries:
        line = f"  {sent.channel} to {sent.address}: {sent.state}, {sent.attempts} attempts"
        click.echo(one_line(f"{line}  {sent.error}").rstrip())
