"""Every step that a flow of this box may use, and what the steps of domains need."""

from collections.abc import Mapping
from typing import Any

from ivr_flows.steps import CORE, Table, table_of
from lines.callbacks.ports import Callbacks
from lines.callbacks.simulated import SimulatedCallbacks
from lines.callbacks.step import Callback
from lines.experts.ports import ExpertLines
from lines.experts.simulated import SimulatedExpertLines
from lines.experts.step import Expert
from lines.rooms.ports import ConferenceRooms
from lines.rooms.simulated import SimulatedRooms
from lines.rooms.step import Conference
from voicemail.ports import Mailroom
from voicemail.simulated import SimulatedMailroom
from voicemail.steps import STEPS as VOICEMAIL

TABLE: Table = table_of(*CORE.values(), *VOICEMAIL, Conference, Expert, Callback)


def simulated_services() -> Mapping[type, Any]:
    """For a call without a switch: nothing that it does lasts."""
    return {
        Mailroom: SimulatedMailroom(),
        ConferenceRooms: SimulatedRooms(),
        ExpertLines: SimulatedExpertLines(),
        Callbacks: SimulatedCallbacks(),
    }
