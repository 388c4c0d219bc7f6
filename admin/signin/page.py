"""`/sign-in` and what follows it, and `/sign-out`."""

from flask import Blueprint, flash, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin.access import second_factor
from admin.access.current import TOKEN, current_session, current_user, leave
from admin.access.guard import Open, needs
from admin.access.stages import Stage
from admin.audit import record
from admin.panel import the_panel
from admin.users import credentials
from store.models import PanelSession

from . import attempt
from .forms import CodeForm, EnrolForm, NewPasswordForm, PasswordForm
from .steps import address, begin, elsewhere, go_on, renew
from .wished import own_path, remember, remembered
from .words import locked_words

page = Blueprint("signin", __name__)


@page.route("/sign-in", methods=("GET", "POST"))
@needs(Open.EVERYBODY)
def sign_in() -> str | Response:
    wished = request.args.get("next", "")
    if current_user() is not None:
        return redirect(own_path(wished))
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            user = attempt.by_password(form.name.data, form.password.data, address())
        except attempt.Locked as locked:
            flash(locked_words(locked), "error")
        else:
            if user is not None:
                remember(wished)
                return begin(user)
            flash(_("That name and password do not belong together."), "error")
    return render_template("signin/password.html", form=form)


@page.route("/sign-in/code", methods=("GET", "POST"))
@needs(Open.HALFWAY)
def code() -> str | Response:
    if away := elsewhere(Stage.CODE):
        return away
    form, found = CodeForm(), _session()
    if form.validate_on_submit():
        try:
            shown = attempt.by_code(found.user, form.code.data, address())
        except attempt.Locked as locked:
            flash(locked_words(locked), "error")
        else:
            if shown:
                return _code_was_right(found, shown)
            flash(_("That code is not right, or was used before. Wait for the next one."), "error")
    return render_template("signin/code.html", form=form)


@page.route("/sign-in/password", methods=("GET", "POST"))
@needs(Open.HALFWAY)
def new_password() -> str | Response:
    if away := elsewhere(Stage.PASSWORD):
        return away
    form, found = NewPasswordForm(), _session()
    if form.validate_on_submit():
        fault = credentials.choose_password(found.user, form.password.data, found)
        if not fault:
            return go_on(found)
        form.password.errors = [_(fault)]
    return render_template("signin/new_password.html", form=form)


@page.route("/sign-in/second-factor", methods=("GET", "POST"))
@needs(Open.HALFWAY)
def enrol() -> str | Response:
    if away := elsewhere(Stage.ENROL):
        return away
    form, found = EnrolForm(), _session()
    secret = second_factor.offered(the_panel().secret, session[TOKEN])
    if form.validate_on_submit():
        step = second_factor.step_of(secret, form.code.data)
        if step is not None:
            codes = credentials.enrol(found.user, secret, step)
            found.second_factor = True
            renew(found)
            return render_template("signin/codes.html", codes=codes, wished=remembered())
        form.code.errors = [_("That code is not right. Wait for the next one and key that.")]
    told = second_factor.address(secret, found.user.name, the_panel().paper)
    return render_template(
        "signin/enrol.html", form=form, secret=secret, picture=second_factor.picture(told)
    )


@page.post("/sign-out")
@needs(Open.EVERYBODY)
def sign_out() -> Response:
    if user := current_user():
        record("sign-out", "user", user.name)
    leave()
    flash(_("You are signed out."), "success")
    return redirect("/sign-in")


def _code_was_right(found: PanelSession, shown: str) -> Response:
    if shown == "recovery code":
        left = second_factor.recovery_codes_left(found.user)
        record("use recovery code", "user", found.user.name, None, {"left": left})
    found.second_factor = True
    answer = go_on(found)
    if shown == "recovery code":
        flash(
            ngettext(
                "One recovery code is left. Make new ones on the page of your account.",
                "%(num)d recovery codes are left.",
                left,
            ),
            "warning",
        )
    return answer


def _session() -> PanelSession:
    """Whoever a page is shown to after `elsewhere`."""
    found = current_session()
    assert found is not None, "the door lets nobody else here"
    return found
