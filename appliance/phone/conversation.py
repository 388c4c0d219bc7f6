"""What is heard and done in a test call after its answer."""

import asyncio
from collections.abc import Callable

from appliance.phone.audio_line import AudioLine
from appliance.phone.heard import Heard
from appliance.phone.prompt_ear import PromptEar
from appliance.phone.report import End, KeyPress
from appliance.phone.script_player import INFO_PAUSE, until
from softswitch.media.g711 import Samples
from softswitch.media.rtp import Packet
from softswitch.sip.call import SipCall

_TICK = 0.02


class Conversation:
    """Implements `script_player.Stage`."""

    def __init__(
        self, speech: Samples | None, silence: float, info: bool, tell: Callable[[str], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        self.prompt_ended = asyncio.Event()
        self.over: asyncio.Future[End] = loop.create_future()
        self.keys: list[KeyPress] = []
        self.heard = Heard()
        self.ear = PromptEar(silence)
        self.line = AudioLine(self._on_audio, lambda key: None)
        self._speech = speech
        self._info = info
        self._tell = tell
        self._loop = loop
        self._call: SipCall | None = None
        """Known from the answer on."""
        self._answered_at = 0.0

    def begin(self, call: SipCall) -> None:
        self._call = call
        self._answered_at = self._loop.time()

    @property
    def now(self) -> float:
        return self._loop.time() - self._answered_at

    async def listen(self) -> None:
        """Goes on until it is cancelled."""
        while True:
            if self.ear.tick(self.now):
                self._tell(f"prompt {self.ear.ended} ended")
                self.prompt_ended.set()
            await asyncio.sleep(_TICK)

    def _on_audio(self, packet: Packet, samples: Samples) -> None:
        if self._call:
            self.ear.hear(samples, self.now)
            self.heard.add(packet, samples, self.now)

    def listen_anew(self) -> None:
        self.ear.forget()
        self.prompt_ended.clear()

    async def press(self, key: str) -> None:
        self.keys.append(KeyPress(key, self.now))
        self._tell(f"pressed {key}")
        if self._call and (self._info or not self.line.takes_keys):
            body = f"Signal={key}\r\nDuration=100\r\n".encode()
            self._call.send_info("application/dtmf-relay", body)
            await asyncio.sleep(INFO_PAUSE)
        else:
            self.line.press(key)
            await until(lambda: self.line.is_idle)

    async def speak(self) -> None:
        if self._speech is not None:
            self._tell(f"speaking for {len(self._speech) / 8000:.1f} s")
            self.line.speak(self._speech)
            await until(lambda: self.line.is_idle)

    def hang_up(self) -> None:
        self._tell("hung up")
        self.finish(End.WE_HUNG_UP)

    def finish(self, end: End) -> None:
        if not self.over.done():
            self.over.set_result(end)
