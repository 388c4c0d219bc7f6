"""Setting variables: set, unset, multiset, export."""

from softswitch.session import Session

_LOUD = "_undef_"


async def set_variable(session: Session, argument: str) -> None:
    """`set <name>=<value>`."""
    name, _, value = argument.partition("=")
    session.variables.set(name.strip(), "" if value == _LOUD else value.strip())


async def unset(session: Session, argument: str) -> None:
    session.variables.set(argument.strip(), None)


async def multiset(session: Session, argument: str) -> None:
    """`multiset a=1 b=2`, or with another separator: `multiset ^^,a=1,b=2`."""
    for pair in split_pairs(argument):
        await set_variable(session, pair)


async def multiunset(session: Session, argument: str) -> None:
    for name in split_pairs(argument):
        session.variables.set(name.strip(), None)


async def export(session: Session, argument: str) -> None:
    """`export [nolocal:]<name>=<value>`: legs that this one calls get it too."""
    name, _, value = argument.partition("=")
    here = not name.startswith("nolocal:")
    name = name.removeprefix("nolocal:").strip()
    exported = [word for word in session.variables.get("export_vars", "").split(",") if word]
    if name and name not in exported:
        session.variables.set("export_vars", ",".join([*exported, name]))
    session.variables.set(name if here else f"nolocal:{name}", value.strip())


def exported(session: Session) -> dict[str, str]:
    """What a leg that is called inherits."""
    known = {}
    for name in session.variables.get("export_vars", "").split(","):
        value = session.variables.get(name) or session.variables.get(f"nolocal:{name}")
        if name and value:
            known[name] = value
    return known


def split_pairs(argument: str) -> list[str]:
    separator = " "
    if argument.startswith("^^") and len(argument) > 2:
        separator, argument = argument[2], argument[3:]
    return [part for part in argument.split(separator) if part.strip()]
