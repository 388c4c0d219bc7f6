"""A FreeSWITCH that started before this machine had a network, as after a power cut.

It listens on 127.0.0.1 then, and stays there: its own look at the address each minute (check_ip,
switch_core.c) sees no change from one that it never had. Nobody can have a call there, so that
its profiles may be restarted.
"""

from .applying import done
from .facts import Facts
from .running import Api, bound_host

LOOPBACK = "127.0.0.1"


def is_shut_in(api: Api, facts: Facts) -> bool:
    """Raises `NotApplied` for an answer that cannot be read."""
    return facts.listening.host == "0.0.0.0" and bound_host(api, "phones") == LOOPBACK


def open_up(api: Api, address: str) -> None:
    """Have its profiles listen on `address`. Raises `NotApplied`."""
    done(api, f"global_setvar local_ip_v4={address}")
    done(api, "reloadxml")
    for profile in ("phones", "trunks"):
        done(api, f"sofia profile {profile} restart")
