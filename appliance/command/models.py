"""`pressline models`"""

from pathlib import Path

import click

from tts_asr.errors import SpeechError
from tts_asr.model_install import install
from tts_asr.models import Model, installed
from tts_asr.transcribers import transcriber_for, why_none
from tts_asr.transcript import Transcript, Word, written

from ..settings import load

MODELS = "models"
"""The folder in the home."""
MEGABYTE = 1_000_000


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the speech models that write down messages; add one; try one."""
    if context.invoked_subcommand is None:
        _list(load().home / MODELS)


def _list(folder: Path) -> None:
    models = installed(folder)
    for model in models:
        click.echo(_line(model))
    if not models:
        click.echo(
            f"No model is in {folder}: only English digits, yes and no are written down.\n"
            "Add one with: pressline models add FOLDER_OR_ZIP --language en"
        )


def _line(model: Model) -> str:
    rate = f"{model.rate} Hz" if model.rate else "? Hz"
    state = f"not used: {model.problem}" if model.problem else "good"
    parts = [
        f"{model.language:<6} {model.folder.name}  {rate}  {model.size / MEGABYTE:.1f} MB",
        f"from {model.source}" if model.source else "source not told",
        model.licence,
        state,
    ]
    return "  ".join(filter(None, parts))


@command.command
@click.argument("model", type=click.Path(exists=True, path_type=Path))
@click.option("--language", required=True, help="Such as en, zh or yue.")
@click.option("--source", default="", help="Where it came from; the path, if not given.")
def add(model: Path, language: str, source: str) -> None:
    """Install the Vosk model in the folder or ZIP file MODEL."""
    click.echo(_line(install(model, language, load().home / MODELS, source)))


@command.command(name="try")
@click.argument("audio", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True)
def try_out(audio: Path, language: str) -> None:
    """Write down what is said in the file AUDIO, with [doubtful?] words."""
    transcriber = transcriber_for(load().home / MODELS, language)
    if transcriber is None:
        raise SpeechError(why_none(load().home / MODELS, language))
    transcript = transcriber.transcribe(audio)
    click.echo(_marked(transcript))
    click.echo(
        f"{transcript.seconds:.1f} s, of which {transcript.spoken_seconds:.1f} s are speech; "
        f"{transcript.engine}, model {transcript.model}"
    )
    if transcript.note:
        click.echo(transcript.note)


def _marked(transcript: Transcript) -> str:
    words = [
        Word(f"[{word.text}?]", word.start, word.end, None) if word.is_doubtful else word
        for word in transcript.words
    ]
    return written(words, transcript.language)
