"""`python -m softswitch --config FILE`: run the switch until it is told to stop."""

import argparse
import asyncio
import errno
import logging
import signal
import sys
from pathlib import Path

from softswitch import service
from softswitch.errors import SettingsError
from softswitch.settings import Settings, read_settings
from softswitch.sip.errors import PortInUse
from softswitch.switch import Switch

_SWITCH_INTERVAL = 0.0005
"""Seconds: with 5 ms, the default, the control thread delays the audio of all calls."""


def main() -> int:
    arguments = _arguments()
    level = logging.DEBUG if arguments.verbose else logging.INFO
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    sys.setswitchinterval(_SWITCH_INTERVAL)
    try:
        return asyncio.run(_serve(arguments.config))
    except SettingsError as error:
        print(f"softswitch: {error}", file=sys.stderr)
        return 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="softswitch", description="The embedded switch.")
    parser.add_argument("--config", type=Path, required=True, help="a TOML file")
    parser.add_argument("--verbose", action="store_true", help="log what goes on")
    return parser.parse_args()


async def _serve(config: Path) -> int:
    settings = read_settings(config)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    switch = Switch(settings, config)
    try:
        await switch.start()
    except (PortInUse, OSError) as error:
        print(f"softswitch: {_trouble(settings, error)}", file=sys.stderr)
        await switch.stop()
        return 1
    sip, esl = switch.agent.address, switch.event_socket_address
    print(f"softswitch: SIP on {sip[0]}:{sip[1]}, event socket on {esl[0]}:{esl[1]}", flush=True)
    service.tell(service.READY)
    beating = loop.create_task(service.keep_beating(lambda: switch.engine.ticks))
    await stopping.wait()
    beating.cancel()
    service.tell(service.STOPPING)
    await switch.stop()
    return 0


def _trouble(settings: Settings, error: Exception) -> str:
    esl = settings.event_socket
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"the event socket's port {esl.port} on {esl.host} is in use by another program; "
            "stop that one or choose another port under [event_socket]"
        )
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
