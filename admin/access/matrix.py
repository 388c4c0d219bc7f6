"""Which role opens which page: read off the application itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from .guard import Need, Open, need_of
from .roles import GRANTS, Permission, Role

UNTOLD = ("HEAD", "OPTIONS")
"""Methods that Flask adds by itself."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address and what may be asked of it."""

    rule: str
    endpoint: str
    methods: tuple[str, ...]
    need: Need | None

    def opens_for(self, role: Role) -> bool:
        if isinstance(self.need, Permission):
            return self.need in GRANTS[role]
        return self.need in (Open.EVERYBODY, Open.SIGNED_IN, Open.HALFWAY)


def pages(app: Flask) -> list[Page]:
    """By address; files of the panel's own looks are one."""
    return sorted(_pages(app), key=lambda page: (page.rule, page.methods))


def _pages(app: Flask) -> Iterator[Page]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for rule in app.url_map.iter_rules():
        methods = tuple(sorted((rule.methods or set()) - set(UNTOLD)))
        is_file = rule.endpoint.endswith(".static")
        if not is_file and (rule.rule, methods) not in seen:
            seen.add((rule.rule, methods))
            yield Page(rule.rule, rule.endpoint, methods, need_of(app, rule.endpoint))


def as_markdown(app: Flask) -> str:
    """The tables of `docs/permissions.md`."""
    return f"{_roles()}\n## Pages\n\n{_head('page', 'asks for')}{_rows(pages(app))}"


def _roles() -> str:
    rows = "".join(
        f"| {permission} | {_marks([permission in GRANTS[role] for role in Role])} |\n"
        for permission in Permission
    )
    return f"## Permissions\n\n{_head('permission')}{rows}"


def _head(*columns: str) -> str:
    names = [*columns, *Role]
    return f"| {' | '.join(names)} |\n{'|---' * len(names)}|\n"


def _rows(found: list[Page]) -> str:
    return "".join(
        f"| {' '.join(page.methods)} `{page.rule}` | {page.need or 'closed'} | "
        f"{_marks([page.opens_for(role) for role in Role])} |\n"
        for page in found
    )


def _marks(opens: list[bool]) -> str:
    return " | ".join("✓" if one else "" for one in opens)
