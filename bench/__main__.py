"""`python -m bench [--quick] [name…]`: all benchmarks, or those named."""

import argparse
import importlib
from collections.abc import Callable, Iterable

from . import machine
from .errors import BenchError
from .report import Report

BENCHMARKS = {
    "parser": "reading events of the switch, and a flood of them",
    "engine": "loading flows, and their steps in the simulator",
    "answer_time": "INVITE to 200, and CPU of a call",
    "key_to_prompt": "from a caller's key to the next prompt",
    "softswitch_audio": "audio of the embedded switch",
    "capacity": "calls that one box holds",
    "hall": "one expert line with hundreds of listeners",
    "rooms": "many rooms at once",
    "on_air": "from the host's key to the caller's voice",
    "moving": "from one conference room to another",
    "messages_at_once": "fifty callers leave a message together",
    "mailbox_opening": "from the PIN to the counts of 10,000 messages",
    "transcription": "messages written down beside calls",
    "deliveries": "a thousand messages told by mail",
    "restart": "a callbox and a switch that were restarted",
    "provisioning": "FreeSWITCH's configuration applied beside calls",
    "panel": "lists, searches and the overview with a million calls",
    "panel_followers": "fifty live pages beside fifty calls",
}
"""Each is the module of that name, with a `run(quick)` that yields reports."""


def main() -> None:
    options = _options()
    print(machine.describe(), flush=True)
    for name in options.names or BENCHMARKS:
        print(flush=True)
        run: Callable[[bool], Iterable[Report]] = importlib.import_module(f"bench.{name}").run
        try:
            for report in run(options.quick):
                print(f"{report.text()}\n", flush=True)
        except BenchError as error:
            print(f"## {name}\n\nnot measured: {error}", flush=True)


def _options() -> argparse.Namespace:
    told = "\n".join(f"  {name:18}{what}" for name, what in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"{__doc__}\n\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="fewer calls, rougher figures")
    parser.add_argument("names", nargs="*", metavar="name", help="all, if none is given")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are:\n{told}")
    return options


if __name__ == "__main__":
    main()
