"""A mailbox, taken home as one ZIP."""

import zipfile
from io import BytesIO

from flask import Flask

from admin.access.roles import Role
from admin.panel import Panel
from store.models import AuditEntry, Message
from tests.admin.inbox.messages import box, grant, said
from tests.admin.panels import signed_in, user


def test_who_may_hear_a_mailbox_takes_it_home_and_that_is_kept(app: Flask, panel: Panel) -> None:
    desk, ann = box("desk"), user(Role.SEAT, "ann")
    grant(ann, desk)
    for _ in range(2):
        said(panel, desk, "the lake is closed")
    answer = signed_in(app, ann).post(f"/inbox/box/{desk.id}/export")
    assert answer.mimetype == "application/zip"
    assert "desk-20" in answer.headers["Content-Disposition"]
    archive = zipfile.ZipFile(BytesIO(answer.data))
    assert archive.testzip() is None
    assert len([name for name in archive.namelist() if name.endswith(".wav")]) == 2
    assert b"the lake is closed" in archive.read("index.csv")
    entry = AuditEntry.get(AuditEntry.action == "export")
    assert (entry.user, entry.after) == ("ann", {"mailbox": "desk", "messages": 2})


def test_an_empty_mailbox_is_an_empty_list(app: Flask) -> None:
    answer = signed_in(app).post(f"/inbox/box/{box('desk').id}/export")
    assert "index.html" in zipfile.ZipFile(BytesIO(answer.data)).namelist()


def test_the_archive_comes_along_and_what_was_deleted_does_not(app: Flask, panel: Panel) -> None:
    desk = box("desk")
    archived, deleted = said(panel, desk), said(panel, desk)
    Message.update(state="archived").where(Message.id == archived.id).execute()
    Message.update(state="deleted").where(Message.id == deleted.id).execute()
    answer = signed_in(app).post(f"/inbox/box/{desk.id}/export")
    sounds = [name for name in zipfile.ZipFile(BytesIO(answer.data)).namelist() if "wav" in name]
    assert len(sounds) == 1
