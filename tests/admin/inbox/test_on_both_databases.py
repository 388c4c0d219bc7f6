"""What the list asks of the database means the same to SQLite and PostgreSQL."""

import re

from flask import Flask

from admin.access.roles import Role
from admin.panel import Panel
from store.models import Message, MessageAssignment
from tests.admin.inbox.messages import box, grant, said
from tests.admin.panels import signed_in, user
from tests.store.conftest import postgresql_database, store, target

__all__ = ["postgresql_database", "store", "target"]


def test_every_question_of_the_list_is_answered(app: Flask, panel: Panel) -> None:
    desk, ann = box("desk"), user(Role.SEAT, "ann")
    grant(ann, desk)
    made = [said(panel, desk, "the road is closed", sound="").id for _ in range(52)]
    Message.update(urgent=True).where(Message.id == made[0]).execute()
    MessageAssignment.create(message=made[1], user=ann)
    client = signed_in(app, ann)

    def shown(url: str) -> list[str]:
        answer = client.get(url)
        assert answer.status_code == 200
        return re.findall(r'data-message="(\w+)"', answer.text)

    def following(url: str) -> str:
        found = re.search(r'rel="next" href="([^"]*)"', client.get(url).text)
        return found[1].replace("&amp;", "&") if found else ""

    for asked in ("", "?number=30123456", "?search=clos"):
        first, second = shown(f"/inbox/{asked}"), shown(following(f"/inbox/{asked}"))
        assert sorted(first + second) == sorted(made), asked
    assert shown("/inbox/?urgent=1") == [made[0]]
    assert shown("/inbox/?mine=1") == [made[1]]
    assert shown("/inbox/?mine=1&search=road") == [made[1]]
    assert shown("/inbox/?since=2026-11-21&until=2026-11-21&box=" + str(desk.id)) == shown(
        "/inbox/"
    )
    assert client.get(f"/inbox/message/{made[0]}").status_code == 200
