"""Placing one test call: `place_call(options)` gives its report."""

import asyncio
from contextlib import suppress

from appliance.phone.audio_line import AudioLine
from appliance.phone.heard import Heard
from appliance.phone.key_script import Act, When, parse_script
from appliance.phone.options import CallOptions, Progress, load_speech
from appliance.phone.prompt_ear import PromptEar
from appliance.phone.report import CallReport, End, KeyPress
from appliance.phone.script_player import INFO_PAUSE, ScriptPlayer, until
from softswitch.media.g711 import Samples
from softswitch.media.rtp import Packet
from softswitch.sip.agent import UserAgent, resolve
from softswitch.sip.digest import Credentials
from softswitch.sip.ending import EndReason
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.offer import AudioSession
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.sdp import SessionDescription
from softswitch.sip.udp import own_host_towards
from softswitch.sip.uri import parse_uri

_TICK = 0.02
_GOODBYE = 2.0
"""Seconds that we wait for the answer to our BYE or CANCEL."""
PRODUCT = "Pressline-Phone"


async def place_call(options: CallOptions) -> CallReport:
    """Calls, plays the script, listens to the end.

    Raises PhoneError for options that make no call; whatever happens later is in the report.
    """
    options.check()
    acts = parse_script(options.keys)
    speech = await asyncio.to_thread(load_speech, options.speak) if options.speak else None
    if speech is not None and not any(act.action == "speak" for act in acts):
        acts = (Act(When.SINCE_ANSWER, 0.0, "speak"), *acts)
    return await PhoneCall(options, acts, speech).run()


class PhoneCall:
    """One call from beginning to end. Implements `script_player.Stage`."""

    def __init__(self, options: CallOptions, acts: tuple[Act, ...], speech: Samples | None) -> None:
        self.prompt_ended = asyncio.Event()
        self._options = options
        self._speech = speech
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._answered_at = 0.0
        self._ear = PromptEar(options.silence)
        self._heard = Heard()
        self._line = AudioLine(self._on_audio, lambda key: None)
        self._player = ScriptPlayer(self, acts)
        self._settled = asyncio.Event()
        """Answered or refused."""
        self._over: asyncio.Future[End] = self._loop.create_future()
        self._report = CallReport(End.NOT_ANSWERED, self._heard.samples())
        self._call: OutgoingCall
        self._audio: AudioSession

    @property
    def now(self) -> float:
        return self._loop.time() - self._answered_at

    def _tell(self, text: str) -> None:
        seconds = self._loop.time() - self._began
        self._options.on_progress(Progress(seconds, text, self._call.call_id))

    async def run(self) -> CallReport:
        agent = UserAgent(on_invite=lambda call: call.refuse(486), product=PRODUCT)
        host = self._options.host or await self._own_host()
        await agent.start(host, 0)
        try:
            self._dial(agent, host, await self._line.open(host))
            await self._ring()
            if self._report.answered:
                await self._talk()
            self._call.hangup()
            await agent.drain(_GOODBYE)
        finally:
            await self._line.close()
            await agent.stop()
        return self._finished()

    async def _own_host(self) -> str:
        try:
            peer = await resolve(parse_uri(self._options.uri).address)
        except OSError:
            return "127.0.0.1"
        return own_host_towards("", peer)

    def _dial(self, agent: UserAgent, host: str, port: int) -> None:
        options = self._options
        self._audio = AudioSession(host, port, name="Phone")
        credentials = Credentials(options.user, options.password) if options.user else None
        self._began = self._loop.time()
        self._call = agent.invite(
            options.uri,
            offer=self._audio.offer(),
            from_uri=f"sip:{options.user or options.from_number}@{parse_uri(options.uri).host}",
            from_name=options.from_name,
            headers=options.headers,
            credentials=credentials,
        )
        self._tell(f"calls {options.uri}")
        self._call.on_ringing = self._on_ringing
        self._call.on_answer = self._on_answer
        self._call.on_failure = self._on_failure
        self._call.on_end = self._on_end
        self._call.on_reoffer = self._on_reoffer

    async def _ring(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), self._options.ring_limit)

    async def _talk(self) -> None:
        listening = self._loop.create_task(self._listen())
        playing = self._loop.create_task(self._player.play())
        playing.add_done_callback(self._on_script_over)
        await asyncio.wait({self._over}, timeout=self._options.limit)
        listening.cancel()
        playing.cancel()
        await asyncio.gather(listening, playing, return_exceptions=True)
        self._report.end = self._over.result() if self._over.done() else End.TIME_LIMIT
        self._report.seconds = self.now

    def _on_script_over(self, playing: "asyncio.Task[None]") -> None:
        if not playing.cancelled() and playing.exception():
            self._finish(End.WE_HUNG_UP)

    def _finished(self) -> CallReport:
        self._report.heard = self._heard.samples()
        self._report.prompts = self._ear.ended
        self._report.undone = self._player.undone
        return self._report

    async def _listen(self) -> None:
        while True:
            if self._ear.tick(self.now):
                self._tell(f"prompt {self._ear.ended} ended")
                self.prompt_ended.set()
            await asyncio.sleep(_TICK)

    def _on_audio(self, packet: Packet, samples: Samples) -> None:
        if self._report.answered:
            self._ear.hear(samples, self.now)
            self._heard.add(packet, samples, self.now)

    def _on_ringing(self, status: int, sdp: SessionDescription | None) -> None:
        self._tell(f"{status} ringing" if sdp is None else f"{status} early media")
        if sdp is not None:
            self._take(sdp)

    def _on_answer(self, sdp: SessionDescription | None) -> None:
        self._answered_at = self._loop.time()
        if sdp is not None:
            self._take(sdp)
        milliseconds = 1000 * (self._answered_at - self._began)
        self._report.answered_after = milliseconds
        self._tell(f"answered after {milliseconds:.0f} ms")
        self._settled.set()

    def _take(self, sdp: SessionDescription) -> None:
        try:
            self._line.agreed = self._audio.accept(sdp)
        except NotAcceptable as error:
            self._tell(f"no audio: {error}")

    def _on_reoffer(self, offer: SessionDescription) -> bytes:
        answer, self._line.agreed = self._audio.answer(offer)
        return answer

    def _on_failure(self, status: int, phrase: str) -> None:
        self._report.status, self._report.phrase = status, phrase
        self._report.end = End.REFUSED
        self._tell(f"refused: {status} {phrase}")

    def _on_end(self, reason: EndReason) -> None:
        self._report.reason = reason.reason_header
        if self._report.answered:
            self._tell("they hung up")
            self._finish(End.THEY_HUNG_UP)
        else:
            self._finish(End.REFUSED)

    def _finish(self, end: End) -> None:
        self._settled.set()
        if not self._over.done():
            self._over.set_result(end)

    def listen_anew(self) -> None:
        self._ear.forget()
        self.prompt_ended.clear()

    async def press(self, key: str) -> None:
        self._report.keys.append(KeyPress(key, self.now))
        self._tell(f"pressed {key}")
        if self._options.info or not self._line.takes_keys:
            body = f"Signal={key}\r\nDuration=100\r\n".encode()
            self._call.send_info("application/dtmf-relay", body)
            await asyncio.sleep(INFO_PAUSE)
        else:
            self._line.press(key)
            await until(lambda: self._line.is_idle)

    async def speak(self) -> None:
        if self._speech is not None:
            self._tell(f"speaking for {len(self._speech) / 8000:.1f} s")
            self._line.speak(self._speech)
            await until(lambda: self._line.is_idle)

    def hang_up(self) -> None:
        self._tell("hung up")
        self._finish(End.WE_HUNG_UP)
