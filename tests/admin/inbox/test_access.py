"""Who may hear and handle which messages."""

import pytest
from flask import Flask

from admin.access.roles import Permission, Role, permissions_of
from admin.inbox.access import sight_of, viewers
from admin.panel import Panel
from store.models import Mailbox, Message, PanelUser
from tests.admin.inbox.messages import box, grant, said
from tests.admin.panels import signed_in, user

HEARERS = [role for role in Role if Permission.SEE_MESSAGES in permissions_of(role)]
OTHERS = [role for role in Role if role not in HEARERS]
ACTS = (
    "played", "mark", "urgent", "assign", "note", "forward", "give", "tell-again", "correct",
    "take-back", "listen-again", "call-back",
)  # fmt: skip
LOOKS = ("", "/audio", "/peaks", "/comment", "/audio?download=1")


def seen(someone: PanelUser) -> list[str]:
    return [mailbox.name for mailbox in sight_of(someone).boxes]


def test_administrators_and_editors_hear_shared_mailboxes_and_no_personal_one(store: None) -> None:
    box("desk"), box("tips"), box("ann", shared=False)
    for role in (Role.ADMINISTRATOR, Role.EDITOR):
        assert seen(user(role)) == ["desk", "tips"]
        assert sight_of(user(role)).nobodys


@pytest.mark.parametrize(
    "role", [role for role in HEARERS if role not in ("administrator", "editor")]
)
def test_others_hear_what_they_were_granted_and_their_own(store: None, role: Role) -> None:
    desk = box("desk")
    box("tips"), box("ann", shared=False), box("ben", shared=False)
    someone = user(role, "ann-at-the-panel", person="ann")
    grant(someone, desk)
    assert seen(someone) == ["ann", "desk"]
    assert not sight_of(someone).nobodys


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_hear_messages_sees_none_even_with_a_grant(store: None, role: Role) -> None:
    desk, someone = box("desk"), user(role, person="desk")
    grant(someone, desk)
    assert seen(someone) == []
    assert someone not in viewers(desk)


def test_a_message_is_seen_to_only_by_those_who_may_hear_it(store: None) -> None:
    desk, own = box("desk"), box("ann", shared=False)
    ann, chief = user(Role.SEAT, "ann", person="ann"), user(Role.EDITOR)
    user(Role.SEAT, "left", active=False)
    assert list(viewers(desk)) == [chief]
    grant(ann, desk)
    assert list(viewers(desk)) == [ann, chief]
    assert list(viewers(own)) == [ann]
    assert list(viewers(None)) == [chief]


@pytest.mark.parametrize("role", Role)
def test_nobody_touches_a_message_that_is_not_theirs(app: Flask, panel: Panel, role: Role) -> None:
    message = said(panel, box("ann", shared=False))
    before, client = Message.get_by_id(message.id).__data__, signed_in(app, role)
    for act in ACTS:
        answer = client.post(f"/inbox/message/{message.id}/{act}", data={"as": "deleted"})
        assert answer.status_code == (404 if role in HEARERS else 403), act
    assert Message.get_by_id(message.id).__data__ == before


@pytest.mark.parametrize("role", Role)
def test_nobody_hears_a_message_that_is_not_theirs(app: Flask, panel: Panel, role: Role) -> None:
    message = said(panel, box("ann", shared=False), "secret", name="Secret Source")
    client = signed_in(app, role)
    for look in LOOKS:
        answer = client.get(f"/inbox/message/{message.id}{look}")
        assert answer.status_code == (404 if role in HEARERS else 403)
    for listed in ("", "?search=secret", "?number=30123456", f"?box={message.mailbox_id}"):
        assert "Secret Source" not in client.get(f"/inbox/{listed}").text


@pytest.mark.parametrize("role", Role)
def test_nobody_takes_a_mailbox_home_that_is_not_theirs(
    app: Flask, panel: Panel, role: Role
) -> None:
    mailbox = said(panel, box("ann", shared=False)).mailbox
    answer = signed_in(app, role).post(f"/inbox/box/{mailbox.id}/export")
    assert answer.status_code == (404 if role in HEARERS else 403)


@pytest.mark.parametrize("state", ["recording", "discarded", "purged"])
def test_what_is_no_message_or_none_any_more_is_not_there(
    app: Flask, panel: Panel, state: str
) -> None:
    message = said(panel, box("desk"))
    Message.update(state=state).execute()
    client = signed_in(app)
    assert client.get(f"/inbox/message/{message.id}").status_code == 404
    assert message.id not in client.get("/inbox/").text


def test_messages_without_a_mailbox_are_for_administrators_and_editors(
    app: Flask, panel: Panel
) -> None:
    message = said(panel, box("gone"))
    Message.update(mailbox=None).execute()
    Mailbox.delete().execute()
    assert signed_in(app, Role.EDITOR).get(f"/inbox/message/{message.id}").status_code == 200
    assert signed_in(app, Role.SEAT).get(f"/inbox/message/{message.id}").status_code == 404
