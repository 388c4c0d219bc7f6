"""The `originate` command."""

from typing import TYPE_CHECKING

from softswitch.channel import State
from softswitch.errors import DialStringError
from softswitch.orders import Action
from softswitch.originate.dialstring import parse_dial_string
from softswitch.originate.leg import ANONYMOUS, CallerId
from softswitch.originate.originate import DEFAULT_SECONDS, OriginateFailed, Originator, originate
from softswitch.session import Session
from softswitch.transfers import route_to
from softswitch.variables import number_of

if TYPE_CHECKING:
    from softswitch.switch import Switch

_USAGE = (
    "-USAGE: <call url> <exten>|&<application_name>(<app_args>) "
    "[<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]\n"
)


async def originate_command(switch: "Switch", argument: str) -> str:
    words = split_words(argument)
    if not 2 <= len(words) <= 7:
        return _USAGE
    url, what, _, _, name, number, seconds = words + [""] * (7 - len(words))
    who = Originator(switch, None, CallerId(_defined(name), _defined(number) or ANONYMOUS))
    try:
        dial = parse_dial_string(url)
        session = await originate(who, dial, number_of(seconds, DEFAULT_SECONDS, 1, 86_400))
    except (DialStringError, OriginateFailed) as error:
        return f"-ERR {error.cause}\n"
    begin_work(session, what)
    return f"+OK {session.uuid}\n"


def _defined(word: str) -> str:
    return "" if word == "undef" else word


def begin_work(session: Session, what: str) -> None:
    """`&application(argument)`, or an extension."""
    _flip_caller_id(session)
    if not what.startswith("&"):
        route_to(session, what)
        return
    application, _, argument = what[1:].partition("(")
    session.move(State.EXECUTE, [Action(application, argument.removesuffix(")"))])


def _flip_caller_id(session: Session) -> None:
    """Who was called is the caller from now on (switch_ivr_originate.c)."""
    profile = session.channel.profile
    profile.callee_number, profile.caller_number = profile.caller_number, profile.callee_number
    profile.callee_name, profile.caller_name = profile.caller_name, profile.callee_name
    session.variables.set("channel_cid_flipped", "true")


def split_words(text: str) -> list[str]:
    """Words apart by spaces; quotes and braces keep spaces together, quotes go away."""
    words: list[str] = []
    word: list[str] = []
    quoted, begun, depth = False, False, 0
    for character in text:
        if character == "'" and depth == 0:
            quoted, begun = not quoted, True
        elif character == " " and not quoted and depth == 0:
            if word or begun:
                words.append("".join(word))
            word, begun = [], False
        else:
            depth += (character in "{[") - (character in "}]") if not quoted else 0
            depth = max(0, depth)
            word.append(character)
    if word or begun:
        words.append("".join(word))
    return words
