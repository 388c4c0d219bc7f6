"""`/account/`: what somebody signed in does about his own account."""

from typing import Any

from flask import flash, redirect, session
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from admin.access import second_factor, sessions
from admin.access.current import TOKEN, current_session, current_user, take_up
from admin.access.guard import Need, Open
from admin.access.roles import NEEDS_SECOND_FACTOR
from admin.panel import the_panel
from admin.users import credentials, keeping
from store.models import PanelSession, PanelUser

from .forms import EnrolWithPasswordForm, OwnForm, OwnPasswordForm, ProofForm
from .proof import code_is_right, password_is_right
from .sessions import browser_name, end_one, sessions_of

HOME = "/account/"


class Account(BaseView):
    def __init__(self) -> None:
        super().__init__(name=lazy_gettext("Your account"), endpoint="account", url="/account")

    def need_of(self, page: str) -> Need | None:
        return Open.SIGNED_IN

    def is_visible(self) -> bool:
        return False  # it stands in the corner, not in the menu

    def is_accessible(self) -> bool:
        return current_user() is not None

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        me = _me()
        form = OwnForm(obj=me)
        if form.validate_on_submit():
            keeping.change(me, {name: form.data[name] for name in ("title", "mail", "language")})
            flash(_("Kept."), "success")
            return redirect(HOME)
        return self._page(form=form)

    @expose("/password", methods=("GET", "POST"))
    def password(self) -> Any:
        me, form = _me(), OwnPasswordForm()
        if form.validate_on_submit() and password_is_right(me, form):
            fault = credentials.choose_password(me, form.password.data, _here())
            if not fault:
                _renew()
                flash(_("Your password is changed; you are signed out elsewhere."), "success")
                return redirect(HOME)
            form.password.errors = [_(fault)]
        fields = [form.old, form.password, form.again]
        return self.render("account/password.html", fields=fields)

    @expose("/second-factor", methods=("GET", "POST"))
    def second_factor(self) -> Any:
        me = _me()
        if me.totp_secret:
            return redirect(HOME)
        form, secret = EnrolWithPasswordForm(), _offered()
        if form.validate_on_submit() and password_is_right(me, form):
            step = second_factor.step_of(secret, form.code.data)
            if step is not None:
                return self._enrolled(me, secret, step)
            form.code.errors = [_("That code is not right. Wait for the next one and key that.")]
        told = second_factor.address(secret, me.name, the_panel().paper)
        picture = second_factor.picture(told)
        return self.render("account/enrol.html", form=form, secret=secret, picture=picture)

    @expose("/second-factor/off", methods=("GET", "POST"))
    def off(self) -> Any:
        me, form = _me(), ProofForm()
        if not me.totp_secret or me.role in NEEDS_SECOND_FACTOR:
            return redirect(HOME)
        if form.validate_on_submit() and password_is_right(me, form) and code_is_right(me, form):
            credentials.drop_second_factor(me, _here())
            _renew()
            flash(_("Codes are not asked for any more."), "success")
            return redirect(HOME)
        return self.render("account/proof.html", form=form, what="off")

    @expose("/recovery-codes", methods=("GET", "POST"))
    def recovery_codes(self) -> Any:
        me, form = _me(), ProofForm()
        if not me.totp_secret:
            return redirect(HOME)
        if form.validate_on_submit() and password_is_right(me, form) and code_is_right(me, form):
            return self.render("account/codes.html", codes=credentials.new_recovery_codes(me))
        return self.render("account/proof.html", form=form, what="codes")

    @expose("/sessions/<int:number>/end", methods=("POST",))
    def end_session(self, number: int) -> Response:
        end_one(_me(), number)
        flash(_("That browser is signed out."), "success")
        return redirect(HOME)

    @expose("/sessions/end", methods=("POST",))
    def end_other_sessions(self) -> Response:
        credentials.sign_out_everywhere(_me(), but=_here())
        flash(_("You are signed out everywhere else."), "success")
        return redirect(HOME)

    def _page(self, form: OwnForm) -> Any:
        me = _me()
        return self.render(
            "account/index.html",
            form=form,
            sessions=sessions_of(me),
            here=_here(),
            browser_name=browser_name,
            codes_left=second_factor.recovery_codes_left(me),
            must=me.role in NEEDS_SECOND_FACTOR,
        )

    def _enrolled(self, me: PanelUser, secret: str, step: int) -> Any:
        codes, here = credentials.enrol(me, secret, step), _here()
        here.second_factor = True
        _renew()
        credentials.sign_out_everywhere(me, but=_here())
        return self.render("account/codes.html", codes=codes)


def _here() -> PanelSession:
    found = current_session()
    assert found is not None, "the door lets nobody else here"
    return found


def _renew() -> None:
    """Another token: what was left of the old one somewhere opens nothing."""
    take_up(sessions.renew(_here()))


def _me() -> PanelUser:
    me: PanelUser = _here().user
    return me


def _offered() -> str:
    return second_factor.offered(the_panel().secret, session[TOKEN])
