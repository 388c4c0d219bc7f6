"""A browser's call by the gateway, on either switch."""

import asyncio

from softswitch.webrtc.gateway import Gateway
from softswitch.webrtc.settings import GatewaySettings
from tests.contract.client import Connection, Program
from tests.contract.dialplan import ECHO, PROGRAM
from tests.listening import tones_in
from tests.softswitch.webrtc.desk import KEY, a_pass
from tests.softswitch.webrtc.web_phone import LIMIT, PAGE, web_phone
from tests.switches import Switch

SPOKEN = 1209.0
"""Hz of what the caller says."""


def gateway_to(switch: Switch) -> Gateway:
    return Gateway(GatewaySettings("127.0.0.1", 0, *switch.sip, KEY, (PAGE,)))


def test_sound_goes_to_the_switch_and_back(switch: Switch) -> None:
    async def scenario() -> None:
        gateway = gateway_to(switch)
        await gateway.start()
        async with web_phone(gateway.port, a_pass()) as phone:
            await phone.dial(ECHO, SPOKEN)
            assert tones_in((await phone.hear(2.0))[-8000:], [SPOKEN]) == {SPOKEN}
        await gateway.stop()

    asyncio.run(scenario())


def test_the_program_is_told_who_calls_and_which_keys(switch: Switch, program: Program) -> None:
    def taken() -> Connection:
        esl = program.accept()
        connected = esl.command("connect")
        assert connected["Caller-Caller-ID-Number"] == "200"
        assert connected["Caller-Caller-ID-Name"] == "Anna Arndt"
        esl.command("myevents")
        esl.command("linger 5")
        esl.run("answer")
        return esl

    async def scenario() -> None:
        gateway = gateway_to(switch)
        await gateway.start()
        async with web_phone(gateway.port, a_pass()) as phone:
            await phone.dial(PROGRAM)
            esl = await asyncio.to_thread(taken)
            await asyncio.wait_for(phone.answered.wait(), LIMIT)
            for key in "7*":
                phone.press(key)
                told = await asyncio.to_thread(esl.event, "DTMF")
                assert told["DTMF-Digit"] == key
            phone.call.hangup()
            await asyncio.to_thread(esl.event, "CHANNEL_HANGUP_COMPLETE")
        await gateway.stop()

    asyncio.run(scenario())
