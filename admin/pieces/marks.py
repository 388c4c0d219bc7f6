"""The marks of a cut, as a form gives them."""

from collections.abc import Mapping

from flask_babel import gettext as _

from admin.errors import Refused


def read_marks(wish: Mapping[str, str]) -> tuple[float, float | None]:
    """Seconds; no second mark for all that follows. Raises `Refused`."""
    end = wish.get("end", "").strip()
    return _seconds(wish.get("start", "").strip() or "0"), _seconds(end) if end else None


def _seconds(text: str) -> float:
    try:
        return float(text[:20].replace(",", "."))
    except ValueError:
        words = _("Give the marks in seconds, for instance 2.5, not “%(text)s”.", text=text[:20])
        raise Refused(words) from None
