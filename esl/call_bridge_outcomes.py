"""The switch's words for why a bridge did not come about, in the flows' words."""

from ivr_flows.ports import BridgeOutcome

OUTCOMES = {
    "SUCCESS": BridgeOutcome.ANSWERED,
    "USER_BUSY": BridgeOutcome.BUSY,
    "NORMAL_CIRCUIT_CONGESTION": BridgeOutcome.BUSY,
    "NO_ANSWER": BridgeOutcome.NO_ANSWER,
    "ALLOTTED_TIMEOUT": BridgeOutcome.NO_ANSWER,
    "NO_USER_RESPONSE": BridgeOutcome.NO_ANSWER,
    "PROGRESS_TIMEOUT": BridgeOutcome.UNREACHABLE,
    "CALL_REJECTED": BridgeOutcome.REFUSED,
    # Answered, and hung up instead of keying that the call is taken.
    "NORMAL_CLEARING": BridgeOutcome.REFUSED,
    "SUBSCRIBER_ABSENT": BridgeOutcome.UNREACHABLE,
    "USER_NOT_REGISTERED": BridgeOutcome.UNREACHABLE,
    "UNALLOCATED_NUMBER": BridgeOutcome.UNREACHABLE,
    "NO_ROUTE_DESTINATION": BridgeOutcome.UNREACHABLE,
    "INVALID_NUMBER_FORMAT": BridgeOutcome.UNREACHABLE,
    "RECOVERY_ON_TIMER_EXPIRE": BridgeOutcome.UNREACHABLE,
    "NORMAL_TEMPORARY_FAILURE": BridgeOutcome.UNREACHABLE,
    "DESTINATION_OUT_OF_ORDER": BridgeOutcome.UNREACHABLE,
    "GATEWAY_DOWN": BridgeOutcome.UNREACHABLE,
}
"""The causes seen for each SIP answer; every other one is `FAILED`."""

TRUNK_FAILED = frozenset(
    {
        "DESTINATION_OUT_OF_ORDER",
        "GATEWAY_DOWN",
        "INCOMPATIBLE_DESTINATION",
        "INVALID_GATEWAY",
        "NETWORK_OUT_OF_ORDER",
        "NORMAL_CIRCUIT_CONGESTION",
        "NORMAL_TEMPORARY_FAILURE",
        "PROGRESS_TIMEOUT",
        "RECOVERY_ON_TIMER_EXPIRE",
        "REQUESTED_CHAN_UNAVAIL",
        "SERVICE_UNAVAILABLE",
        "SWITCH_CONGESTION",
    }
)
"""Causes for which the way has failed, and not whoever is at its end: another one may do."""


def outcome_of(cause: str) -> BridgeOutcome:
    return OUTCOMES.get(cause, BridgeOutcome.FAILED)
