"""Try a text: `python -m tts_asr "Good morning." --language en --out morning.wav`."""

import sys
from pathlib import Path

import click
import numpy as np

from tts_asr.engines import ENGINES, make_engines
from tts_asr.errors import SpeechError
from tts_asr.levels import level, trim
from tts_asr.prompt_folder import RATE
from tts_asr.resampling import resample
from tts_asr.sound import Sound
from tts_asr.wav import wav_bytes, write_whole
from tts_asr.wording import clean_text


@click.command()
@click.argument("text")
@click.option("--language", default="en", show_default=True)
@click.option("--voice", default="", help="A voice of the engine's own.")
@click.option("--engine", default="espeak", show_default=True, type=click.Choice(list(ENGINES)))
@click.option("--models", default=Path("var/models"), type=click.Path(path_type=Path))
@click.option("--out", default=Path("speech.wav"), type=click.Path(path_type=Path))
def main(text: str, language: str, voice: str, engine: str, models: Path, out: Path) -> None:
    """Say TEXT (one sentence) into a WAV file for the telephone."""
    try:
        sound = _say(clean_text(text), language, voice, engine, models)
        write_whole(out, wav_bytes(sound))
    except SpeechError as error:
        sys.exit(str(error))
    peak = float(np.abs(sound.samples).max())
    click.echo(f"{out}: {sound.seconds:.2f} s at {sound.rate} Hz, peak {peak:.2f}")


def _say(text: str, language: str, voice: str, engine: str, models: Path) -> Sound:
    speaking = make_engines(models, (engine,))[0]
    unfit = speaking.available()
    if unfit:
        sys.exit(f"{engine}: {unfit}")
    spoken = speaking.synthesize(text, language, voice)
    return level(resample(trim(spoken, text), RATE))


if __name__ == "__main__":
    main()
