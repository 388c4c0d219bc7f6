"""`python -m softswitch.webrtc --config FILE`: browsers call until it is told to stop."""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from softswitch import service
from softswitch.errors import SettingsError
from softswitch.sip.errors import PortInUse
from softswitch.webrtc.gateway import Gateway
from softswitch.webrtc.settings import GatewaySettings, read_gateway_settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="web phone", description="The browser as a phone.")
    parser.add_argument("--config", type=Path, required=True, help="a TOML file")
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # Each turns up with every browser, or with every scan of the port.
    for noisy in ("aioice", "aiortc", "websockets"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        settings = read_gateway_settings(parser.parse_args().config)
    except SettingsError as error:
        print(f"web phone: {error}", file=sys.stderr)
        return 2
    return asyncio.run(_serve(settings))


async def _serve(settings: GatewaySettings) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    gateway = Gateway(settings)
    try:
        await gateway.start()
    except (PortInUse, OSError) as error:
        print(f"web phone: cannot listen on {settings.host}:{settings.port}: {error}")
        await gateway.stop()
        return 1
    print(f"web phone: browsers on {settings.host}:{gateway.port}", flush=True)
    service.tell(service.READY)
    beating = loop.create_task(service.keep_beating())
    await stopping.wait()
    beating.cancel()
    service.tell(service.STOPPING)
    await gateway.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
