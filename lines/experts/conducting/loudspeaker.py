"""Words and jingles into the hall, one after the other."""

from collections.abc import Callable, Sequence

import gevent
import structlog
from gevent.event import Event as Flag
from gevent.queue import Full, Queue

from esl.conference_events import SoundNews, SoundTold
from esl.errors import EslError, RoomMissing
from ivr_flows.ports import Prompt, SpeechFailed
from lines.experts.conducting.stage import Stage
from lines.experts.hour.orders import PlayJingle, TellAll

log = structlog.get_logger()

MOST_WAITING = 20
"""Announcements; more at once make no sense to anybody."""
GRACE = 5.0
"""Seconds beyond its length in which the switch has to tell that a prompt has ended."""
UNKNOWN_LENGTH = 20.0

Work = TellAll | PlayJingle | Callable[[], None]


class Loudspeaker:
    """Waits until each piece has been heard before the next."""

    def __init__(self, stage: Stage, hall: str, language: str) -> None:
        self._stage = stage
        self._hall = hall
        self._language = language
        self._work: Queue[Work] = Queue(MOST_WAITING)
        self._ended = Flag()
        self._playing = ""
        self._greenlet = gevent.spawn(self._run)

    def put(self, work: TellAll | PlayJingle) -> None:
        """Never waits."""
        try:
            self._work.put_nowait(work)
        except Full:
            log.warning("too much is to be announced at once", hall=self._hall)

    def when_silent(self, work: Callable[[], None]) -> None:
        """Do it once everything before has been heard."""
        gevent.spawn(self._work.put, work)

    def on_sound(self, told: SoundTold) -> None:
        if told.what is SoundNews.FILE_ENDED and told.path == self._playing:
            self._ended.set()

    def stop(self) -> None:
        self._greenlet.kill(block=False)

    def _run(self) -> None:
        while True:
            work = self._work.get()
            try:
                if isinstance(work, TellAll | PlayJingle):
                    self._play(self._prompts(work))
                else:
                    work()
            except RoomMissing:
                log.debug("nobody is in the hall", hall=self._hall)
            except (EslError, SpeechFailed) as error:
                log.info("the hall was not told", hall=self._hall, reason=str(error))
            except Exception:  # the top of a task
                log.exception("the hall was not told", hall=self._hall)

    def _prompts(self, work: TellAll | PlayJingle) -> Sequence[Prompt]:
        speech = self._stage.speech
        if isinstance(work, PlayJingle):
            return [speech.recording(work.name, self._language)]
        texts = [each.text(self._language) for each in work.said]
        return [prompt for text in texts for prompt in speech.say(text, self._language)]

    def _play(self, prompts: Sequence[Prompt]) -> None:
        control = self._stage.control(self._hall)
        for prompt in prompts:
            self._playing = str(prompt.path)
            self._ended.clear()
            control.play(prompt.path)
            self._ended.wait((prompt.seconds or UNKNOWN_LENGTH) + GRACE)
