"""What of expert lines blocks, beside their hours: for the switchboard's sidecar."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from lines.experts import answers, programme
from lines.experts.late import Folders, LateQuestions
from lines.experts.owing import Owing
from lines.experts.signing_in import sign_in
from tts_asr.errors import SpeechError
from tts_asr.repair import repair

from .dialling import dialling
from .home import Home
from .keeping import seconds
from .settings import Settings

log = structlog.get_logger()


def expert_line_tasks(settings: Settings) -> Mapping[str, Callable[..., Any]]:
    zone, folders = settings.time_zone, folders_of(Home(settings.home))
    owing = owing_of(settings)
    late = LateQuestions(folders, owing, zone)
    return {
        "expert_line_now": partial(programme.now, zone),
        "expert_session": partial(programme.session, zone),
        "expert_sign_in": partial(sign_in, zone),
        "late_questions": late.waiting,
        "draft_answer": late.draft,
        "drop_question": late.drop,
        "keep_answer": partial(keep_answer, folders.recordings, owing),
        "late_answers": partial(answers.found, folders),
        "answer_heard": answers.heard,
    }


def folders_of(home: Home) -> Folders:
    return Folders(home.voicemail.absolute(), home.recordings.absolute())


def owing_of(settings: Settings) -> Owing:
    return Owing(dialling(settings), settings.time_zone)


def keep_answer(folder: Path, owing: Owing, source: Path, by: str) -> None:
    """Raises `AnswerGone`, `StoreAway`, `OSError`."""
    try:
        repair(source)  # a switch that was killed leaves a header without a length
    except SpeechError as error:
        log.warning("an answer is kept as it is", path=str(source), reason=str(error))
    answers.keep(folder, owing, source, answers.Taken(source.stem, seconds(source), by))
