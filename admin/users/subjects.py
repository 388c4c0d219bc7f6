"""The lines of users, of the audit log and of one's own account in the list of subjects."""

from collections.abc import Iterator

from flask_admin import BaseView

from admin.account.view import Account
from admin.audit_log.view import AuditLog

from .view import Users


def user_views() -> Iterator[BaseView]:
    yield Users()
    yield AuditLog()
    yield Account()
