"""Placing one test call: `place_call(options)` gives its report."""

import asyncio
from contextlib import suppress

from appliance.phone.conversation import Conversation
from appliance.phone.key_script import Act, When, parse_script
from appliance.phone.options import CallOptions, Progress, load_speech
from appliance.phone.report import CallReport, End
from appliance.phone.script_player import ScriptPlayer
from softswitch.media.g711 import Samples
from softswitch.sip.agent import UserAgent, resolve
from softswitch.sip.digest import Credentials
from softswitch.sip.ending import EndReason
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.offer import AudioSession
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.sdp import SessionDescription
from softswitch.sip.udp import own_host_towards
from softswitch.sip.uri import parse_uri

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
    """One call from beginning to end."""

    def __init__(self, options: CallOptions, acts: tuple[Act, ...], speech: Samples | None) -> None:
        self._options = options
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._talk = Conversation(speech, options.silence, options.info, self._tell)
        self._player = ScriptPlayer(self._talk, acts)
        self._settled = asyncio.Event()
        """Answered or refused."""
        self._report = CallReport(End.NOT_ANSWERED, self._talk.heard.samples())
        self._call: OutgoingCall
        self._audio: AudioSession

    def _tell(self, text: str) -> None:
        seconds = self._loop.time() - self._began
        self._options.on_progress(Progress(seconds, text, self._call.call_id))

    async def run(self) -> CallReport:
        agent = UserAgent(on_invite=lambda call: call.refuse(486), product=PRODUCT)
        host = self._options.host or await self._own_host()
        await agent.start(host, 0)
        try:
            self._dial(agent, host, await self._talk.line.open(host))
            try:
                await self._ring()
                if self._report.answered:
                    await self._converse()
            finally:  # when cancelled, too: the other end must not be left talking
                self._call.hangup()
                await agent.drain(_GOODBYE)
        finally:
            await self._talk.line.close()
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
            from_uri=options.from_uri,
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

    async def _converse(self) -> None:
        over = self._talk.over
        tasks = [
            self._loop.create_task(work) for work in (self._talk.listen(), self._player.play())
        ]
        await asyncio.wait({over}, timeout=self._options.limit)
        self._report.end = over.result() if over.done() else End.TIME_LIMIT
        self._report.seconds = self._talk.now
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    def _finished(self) -> CallReport:
        self._report.heard = self._talk.heard.samples()
        self._report.keys = self._talk.keys
        self._report.prompts = self._talk.ear.ended
        self._report.undone = self._player.undone
        return self._report

    def _on_ringing(self, status: int, sdp: SessionDescription | None) -> None:
        self._tell(f"{status} ringing" if sdp is None else f"{status} early media")
        if sdp is not None:
            self._take(sdp)

    def _on_answer(self, sdp: SessionDescription | None) -> None:
        if sdp is not None:
            self._take(sdp)
        milliseconds = 1000 * (self._loop.time() - self._began)
        self._report.answered_after = milliseconds
        self._talk.begin(self._call)
        self._tell(f"answered after {milliseconds:.0f} ms")
        self._settled.set()

    def _take(self, sdp: SessionDescription) -> None:
        try:
            self._talk.line.agreed = self._audio.accept(sdp)
        except NotAcceptable as error:
            self._tell(f"no audio: {error}")

    def _on_reoffer(self, offer: SessionDescription) -> bytes:
        answer, self._talk.line.agreed = self._audio.answer(offer)
        return answer

    def _on_failure(self, status: int, phrase: str) -> None:
        self._report.status, self._report.phrase = status, phrase
        self._report.end = End.REFUSED
        self._tell(f"refused: {status} {phrase}")

    def _on_end(self, reason: EndReason) -> None:
        self._report.reason = reason.reason_header
        if self._report.answered:
            self._tell("they hung up")
            self._talk.finish(End.THEY_HUNG_UP)
        self._settled.set()
