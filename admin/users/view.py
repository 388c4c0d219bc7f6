"""`/users/`: who works with the panel."""

from typing import Any, NoReturn

from flask import abort, flash, redirect, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from peewee import JOIN, fn

from admin.access.current import current_user
from admin.access.roles import Permission
from admin.views import PanelView
from store.fields import now
from store.models import Mailbox, PanelSession, PanelUser

from . import credentials, keeping
from .errors import NameRefused, UsersError, Yourself
from .forms import ROLES, EditUserForm, NewUserForm

FIELDS = ("title", "mail", "role", "person", "language")


class Users(PanelView):
    see = Permission.MANAGE_USERS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Users"),
            category=lazy_gettext("Box"),
            endpoint="users",
            url="/users",
        )

    @expose("/")
    def index(self) -> Any:
        return self.render("users/list.html", users=listed(), roles=ROLES)

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Any:
        form = NewUserForm()
        if form.validate_on_submit():
            fields = {name: form.data[name] for name in FIELDS if name != "role"}
            try:
                user, password = keeping.add(form.name.data, form.role.data, **fields)
            except NameRefused as refused:
                form.name.errors = [_(str(refused))]
            else:
                keeping.grant(user, _chosen(form))
                return self.render("users/password.html", person=user, password=password)
        return self.render("users/new.html", form=form)

    @expose("/<int:number>", methods=("GET", "POST"))
    def one(self, number: int) -> Any:
        person = _person(number)
        form = EditUserForm(obj=person, boxes=keeping.granted(person))
        if form.validate_on_submit():
            fields = {name: form.data[name] for name in (*FIELDS, "active")}
            try:
                keeping.change(person, fields, by=current_user())
            except UsersError as refused:
                flash(_(str(refused)), "error")
                return redirect(url_for(".one", number=number))
            keeping.grant(person, _chosen(form))
            flash(_("Kept."), "success")
            return redirect(url_for(".index"))
        return self.render("users/edit.html", form=form, person=person, sessions=_signed_in(person))

    @expose("/<int:number>/password", methods=("POST",))
    def reset_password(self, number: int) -> Any:
        person = _other(number)
        password = credentials.reset_password(person)
        return self.render("users/password.html", person=person, password=password)

    @expose("/<int:number>/second-factor", methods=("POST",))
    def reset_second_factor(self, number: int) -> Any:
        person = _other(number)
        credentials.drop_second_factor(person)
        flash(_("%(name)s signs in without a code next time.", name=person.name), "success")
        return redirect(url_for(".one", number=number))

    @expose("/<int:number>/sign-out", methods=("POST",))
    def sign_out(self, number: int) -> Any:
        person = _other(number)
        credentials.sign_out_everywhere(person)
        flash(_("%(name)s is signed out everywhere.", name=person.name), "success")
        return redirect(url_for(".one", number=number))

    @expose("/<int:number>/unlock", methods=("POST",))
    def unlock(self, number: int) -> Any:
        person = _person(number)
        credentials.unlock(person)
        flash(_("%(name)s can try to sign in again.", name=person.name), "success")
        return redirect(url_for(".one", number=number))


def listed() -> list[PanelUser]:
    """All users, each with how many `sessions_now`."""
    living = (PanelSession.user == PanelUser.id) & (PanelSession.ends_at > now())
    return list(
        PanelUser.select(PanelUser, fn.COUNT(PanelSession.id).alias("sessions_now"))
        .join(PanelSession, JOIN.LEFT_OUTER, on=living)
        .group_by(PanelUser.id)
        .order_by(PanelUser.active.desc(), PanelUser.name)
    )


def _signed_in(person: PanelUser) -> int:
    living = (PanelSession.user == person) & (PanelSession.ends_at > now())
    return int(PanelSession.select().where(living).count())


def _chosen(form: Any) -> list[Mailbox]:
    return list(Mailbox.select().where(Mailbox.name.in_(form.boxes.data or [])))


def _person(number: int) -> PanelUser:
    found: PanelUser | None = PanelUser.get_or_none(PanelUser.id == number)
    return found if found is not None else _nobody()


def _nobody() -> NoReturn:
    abort(404)


def _other(number: int) -> PanelUser:
    """One's own password and codes are changed where the old ones are asked for first."""
    person, me = _person(number), current_user()
    if me is not None and me.id == person.id:
        raise Yourself
    return person
