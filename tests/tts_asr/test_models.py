"""Models in the home: good, broken, hostile; what `pressline models` says of them."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
import soundfile
from click.testing import CliRunner

from appliance.command import main
from tests.tts_asr.heard import FOLDER, MODEL, messages
from tests.tts_asr.noises import RATE, noise, said
from tts_asr import model_install, model_trial
from tts_asr.engines.pocketsphinx import PocketSphinx
from tts_asr.engines.vosk import Vosk
from tts_asr.errors import ModelUnfit
from tts_asr.model_install import install
from tts_asr.models import Model, installed
from tts_asr.transcribers import transcriber_for, why_none


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The models' folder of a home, with nothing in it."""
    folder = tmp_path / "home" / "models"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def copied(models: Path) -> Path:
    """A good model, copied by hand."""
    return Path(shutil.copytree(MODEL, models / "en-words"))


def zipped(path: Path, prefix: str = "vosk-model-words/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(MODEL.rglob("*")):
            archive.write(file, prefix + str(file.relative_to(MODEL)))
    return path


def only(models: Path) -> Model:
    (model,) = installed(models)
    return model


def test_a_copied_folder_is_a_good_model(models: Path, copied: Path) -> None:
    model = only(models)
    assert model.is_good, model.problem
    assert (model.language, model.rate) == ("en", 8_000)
    assert model.size == sum(file.stat().st_size for file in copied.rglob("*") if file.is_file())


def test_a_note_in_the_folder_tells_language_source_and_licence(models: Path, copied: Path) -> None:
    (copied / "model.toml").write_text('language = "en-GB"\nsource = "us"\nlicence = "GPL"\n')
    model = only(models)
    assert (model.language, model.source, model.licence) == ("en-GB", "us", "GPL")
    assert model.is_good


@pytest.mark.parametrize(
    "name",
    [
        "am/final.mdl",
        "conf/mfcc.conf",
        "conf/model.conf",
        "graph/HCLr.fst",
        "graph/Gr.fst",
        "graph/disambig_tid.int",
        "graph/phones/word_boundary.int",
    ],
)
def test_a_missing_file_is_named(models: Path, copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert f"has no {name}" in only(models).problem
    assert "copy the folder again" in only(models).problem


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_half_copied_file_is_a_problem(
    models: Path, copied: Path, name: str, share: float
) -> None:
    os.truncate(copied / name, int((copied / name).stat().st_size * share))
    problem = only(models).problem
    assert "half-copied" in problem
    fallback = transcriber_for(models, "en")
    assert isinstance(fallback, PocketSphinx)
    assert fallback.limitation.startswith("the model en-words cannot be used (")
    assert transcriber_for(models, "fr") is None


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst"])
def test_a_file_of_another_kind_is_a_problem(models: Path, copied: Path, name: str) -> None:
    (copied / name).write_bytes(b"<html>404</html>" * 100)
    assert f"{name} is of another kind" in only(models).problem


@pytest.mark.parametrize("made", ["file", "empty", "speaker"])
def test_folders_of_other_things_are_problems(models: Path, made: str) -> None:
    folder = models / "en-other"
    folder.mkdir()
    if made == "file":
        (folder / "am").write_text("x")
    if made == "speaker":
        (folder / "final.ext.raw").write_text("x")
    assert "no Vosk model for speech" in only(models).problem


def test_a_model_of_another_language_is_a_problem(models: Path, copied: Path) -> None:
    words = "\n".join(f"{word} {number}" for number, word in enumerate(["给我回电话", "报纸"] * 99))
    (copied / "graph" / "words.txt").write_text(words)
    assert "Chinese letters, expected Latin" in only(models).problem


def test_an_unknown_language_is_a_problem(models: Path) -> None:
    shutil.copytree(MODEL, models / "vosk-model-small")
    assert "its language is not told" in only(models).problem


@pytest.mark.parametrize("note", ["language = ", "\x00", 'language = "../x"'])
def test_a_broken_note_is_a_problem(models: Path, copied: Path, note: str) -> None:
    (copied / "model.toml").write_text(note)
    assert only(models).problem


@pytest.mark.parametrize("rate", ["44", "0", "999999999"])
def test_an_odd_rate_is_a_problem(models: Path, copied: Path, rate: str) -> None:
    (copied / "conf" / "mfcc.conf").write_text(f"--sample-frequency={rate}\n")
    assert "expected 8000 or 16000" in only(models).problem


def test_a_rate_of_endless_digits_is_a_problem(models: Path, copied: Path) -> None:
    (copied / "conf" / "mfcc.conf").write_text(f"--sample-frequency={'9' * 5_000}\n")
    assert only(models).problem


def test_a_model_is_tried_once_and_again_when_its_files_change(
    models: Path, copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert only(models).is_good
    failing = tmp_path / "child.py"
    failing.write_text("import os; os.abort()\n")
    monkeypatch.setattr(model_trial, "CHILD", failing)
    assert only(models).is_good
    (copied / "conf" / "model.conf").touch()
    assert "Vosk cannot load it" in only(models).problem


def test_a_model_that_never_loads_is_a_problem(
    models: Path, copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = tmp_path / "child.py"
    hanging.write_text("import signal\nsignal.pause()\n")
    monkeypatch.setattr(model_trial, "CHILD", hanging)
    monkeypatch.setattr(model_trial, "LIMIT_SECONDS", 0.5)
    assert "is not loaded within 0.5 s" in only(models).problem


def test_a_missing_folder_holds_no_models(tmp_path: Path) -> None:
    assert installed(tmp_path / "gone") == []
    assert transcriber_for(tmp_path / "gone", "zh") is None
    assert why_none(tmp_path / "gone", "zh") == "no model for zh is installed"


@pytest.mark.parametrize("wanted", ["en", "en-GB", "en_us", "EN"])
def test_a_model_hears_its_language_and_its_variants(
    models: Path, copied: Path, wanted: str
) -> None:
    ear = transcriber_for(models, wanted)
    assert isinstance(ear, Vosk)
    assert ear.folder == copied
    message = messages()[2]
    assert ear.transcribe(message.path).text == message.heard


def test_the_model_of_the_very_variant_comes_first(models: Path, copied: Path) -> None:
    install(MODEL, "en-gb", models)
    ear = transcriber_for(models, "en-GB")
    assert isinstance(ear, Vosk)
    assert ear.folder.name == "en-gb-model"


def test_a_folder_is_installed(models: Path) -> None:
    model = install(MODEL, "en", models, source='made "here"\n')
    assert model == only(models)
    assert (model.folder.name, model.source) == ("en-model", "made  here  ")
    assert sorted(os.listdir(models)) == [".en-model.tried", "en-model"]
    with pytest.raises(ModelUnfit, match="is installed already"):
        install(MODEL, "en", models)


@pytest.mark.parametrize("prefix", ["", "vosk-model-words/"])
def test_a_zip_file_is_installed(models: Path, tmp_path: Path, prefix: str) -> None:
    model = install(zipped(tmp_path / "small.zip", prefix), "en", models)
    assert model.is_good, model.problem
    assert model.folder.name == "en-small"
    assert model.source.endswith("small.zip")


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/../../evil", "..\\evil"])
def test_a_zip_file_cannot_write_elsewhere(models: Path, tmp_path: Path, name: str) -> None:
    archive = zipped(tmp_path / "small.zip")
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(name, "evil")
    with pytest.raises(ModelUnfit, match="leads out of it"):
        install(archive, "en", models)
    assert os.listdir(models) == []
    assert not list(tmp_path.rglob("evil"))


def test_a_zip_bomb_is_refused(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_install, "MOST_BYTES", 1_000_000)
    archive = zipped(tmp_path / "small.zip")
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("bomb", bytes(2_000_000))
    with pytest.raises(ModelUnfit, match="too large"):
        install(archive, "en", models)
    assert os.listdir(models) == []


def test_a_zip_file_of_endless_entries_is_refused(models: Path, tmp_path: Path) -> None:
    archive = tmp_path / "many.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for number in range(model_install.MOST_FILES + 1):
            opened.writestr(f"am/{number}", "")
    with pytest.raises(ModelUnfit, match="too large"):
        install(archive, "en", models)


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "text"])
def test_a_damaged_zip_file_is_refused(models: Path, tmp_path: Path, damage: str) -> None:
    archive = zipped(tmp_path / "small.zip")
    content = bytearray(archive.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 50] = bytes(50)
    damaged = {"empty": b"", "cut": content[:middle], "flipped": content, "text": b"no ZIP" * 99}
    archive.write_bytes(damaged[damage])
    with pytest.raises(ModelUnfit):
        install(archive, "en", models)
    assert os.listdir(models) == []


@pytest.mark.parametrize("language", ["", "english", "../x", "e", "en\n"])
def test_an_odd_language_is_refused(models: Path, language: str) -> None:
    with pytest.raises(ModelUnfit, match="expected a code such as"):
        install(MODEL, language, models)


def test_a_folder_that_is_no_model_leaves_nothing_behind(models: Path) -> None:
    with pytest.raises(ModelUnfit, match="holds no Vosk model"):
        install(FOLDER.parent / "sipp", "en", models)
    assert os.listdir(models) == []


def test_a_pipe_in_a_folder_does_not_hang_it(models: Path, tmp_path: Path) -> None:
    given = Path(shutil.copytree(MODEL, tmp_path / "given"))
    os.mkfifo(given / "pipe")
    assert install(given, "en", models).is_good


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*words: str) -> str:
    return CliRunner().invoke(main, ["models", *words]).output


def test_the_command_lists_adds_and_tries(home: Path) -> None:
    assert "No model is in" in run()
    assert "good" in run("add", str(MODEL), "--language", "en", "--source", "our own")
    assert run() == "en     en-model  8000 Hz  0.6 MB  from our own  good\n"
    message = messages()[0]
    tried = run("try", str(message.path))
    assert tried.startswith(message.heard + "\n10.3 s, of which")
    assert "vosk, model en-model" in tried


def test_the_command_tells_what_is_wrong(home: Path) -> None:
    (home / "models" / "en-half").mkdir(parents=True)
    assert "en-half  ? Hz  0.0 MB  source not told  not used: has no am/final.mdl" in run()
    assert "no model for zh is installed" in run("try", str(messages()[0].path), "--language", "zh")
    assert "is no folder and no good ZIP file" in run(
        "add", str(messages()[0].path), "--language", "en"
    )


def test_the_command_marks_doubtful_words(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "yes.wav"
    line = said("yes", "f3")
    soundfile.write(path, line + noise(len(line) / RATE, 0.002), RATE)
    tried = run("try", str(path))
    assert tried.startswith("[yes?]\n")
    assert "no model for en is installed" in tried


def test_a_dangling_link_is_a_problem(models: Path, copied: Path) -> None:
    (copied / "README").symlink_to(models / "gone")
    assert "cannot be read" in only(models).problem
