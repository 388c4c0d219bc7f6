"""What browsers and scripts send, read so that nothing in it can make a page fail."""

from typing import Any

from flask import Request, abort, request
from flask_wtf import FlaskForm


class PanelRequest(Request):
    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """JSON that nests without end counts as none."""
        try:
            return super().get_json(force=force, silent=silent, cache=cache)
        except RecursionError:
            return None if silent else abort(400, "This JSON nests too deep.")


class SentForm(FlaskForm):
    """Takes what forms send, and no JSON: that has values of any type, fields want text."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return super().wrap_formdata(form, None if request.is_json else formdata)
