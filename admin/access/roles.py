"""Permissions, and the roles that bundle them."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do. A page asks for one; a role gives several."""

    SEE_OVERVIEW = "see the overview"
    SEE_CALLS = "see calls and their traces"
    HEAR_RECORDINGS = "hear recordings of calls"
    EXPORT_CALLS = "export calls"
    SEE_FLOWS = "see flows"
    EDIT_FLOWS = "edit drafts of flows"
    PUBLISH_FLOWS = "publish flows and roll them back"
    TRY_FLOWS = "try flows out"
    USE_BROWSER_PHONE = "call from the browser"
    SEE_MESSAGES = "hear and read messages"
    HANDLE_MESSAGES = "correct, mark, assign and forward messages"
    CALL_OUT = "have people called back"
    SEE_ROOMS = "see conference rooms"
    RUN_ROOMS = "mute, show out and dial out in rooms"
    SEE_HOURS = "see experts' hours"
    PLAN_HOURS = "plan experts' hours"
    HOST_HOURS = "put callers on air"
    SCREEN_HOURS = "talk to waiting callers and note what they ask"
    REVIEW_PIECES = "correct and cut what was recorded on air"
    PUBLISH_PIECES = "approve pieces and publish them"
    SEE_RECORDS = "see people, mailboxes, numbers and hours"
    EDIT_RECORDS = "change people, mailboxes, prompts, numbers and hours"
    EDIT_DIALLING = "change what may be dialled, phones and trunks"
    EDIT_SOURCES = "change data sources and queries"
    TRY_QUERIES = "try queries out"
    SEE_SETTINGS = "see the settings"
    MANAGE_USERS = "manage users and their sessions"
    SEE_AUDIT = "search the audit log"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    HOST = "host"
    SCREENER = "screener"
    SEAT = "seat"
    LEADER = "leader"
    REVIEWER = "reviewer"
    READ_ONLY = "read-only"


_P = Permission
_LOOK = frozenset(
    {_P.SEE_OVERVIEW, _P.SEE_CALLS, _P.SEE_FLOWS, _P.SEE_ROOMS, _P.SEE_HOURS, _P.SEE_RECORDS}
)
_SEAT = frozenset(
    {_P.SEE_OVERVIEW, _P.SEE_MESSAGES, _P.HANDLE_MESSAGES, _P.CALL_OUT, _P.USE_BROWSER_PHONE}
)
_SCREENER = frozenset(
    {_P.SEE_OVERVIEW, _P.SEE_HOURS, _P.SCREEN_HOURS, _P.USE_BROWSER_PHONE, _P.SEE_ROOMS}
)
_REVIEWER = frozenset(
    {_P.SEE_OVERVIEW, _P.SEE_CALLS, _P.HEAR_RECORDINGS, _P.SEE_HOURS, _P.REVIEW_PIECES}
)

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.EDITOR: frozenset(Permission)
    - {_P.EDIT_DIALLING, _P.EDIT_SOURCES, _P.SEE_SETTINGS, _P.MANAGE_USERS, _P.SEE_AUDIT},
    Role.HOST: _SCREENER | {_P.HOST_HOURS, _P.RUN_ROOMS, _P.PLAN_HOURS},
    Role.SCREENER: _SCREENER,
    Role.SEAT: _SEAT,
    Role.LEADER: _SEAT | _LOOK | {_P.HEAR_RECORDINGS, _P.EXPORT_CALLS, _P.RUN_ROOMS},
    Role.REVIEWER: _REVIEWER,
    Role.READ_ONLY: _LOOK,
}

NEEDS_SECOND_FACTOR = frozenset({Role.ADMINISTRATOR})
"""Roles that see nothing before a second factor is set up and shown."""


def permissions_of(role: str) -> frozenset[Permission]:
    """Nothing for a role that is not (or no longer) known."""
    try:
        return GRANTS[Role(role)]
    except ValueError:
        return frozenset()
