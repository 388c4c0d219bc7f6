"""Hears numbers that callers say, in a process of its own, which begins when it may be needed."""

from pathlib import Path

import structlog

from ..errors import SidecarError
from ..sidecar import Sidecar

log = structlog.get_logger()

HEARS_LIMIT = 4.0
"""Seconds to look whether there is a model; the caller hears nothing meanwhile."""
NUMBER_LIMIT = 6.0
"""Seconds to hear a number; the caller was asked to wait a moment."""


class Ear:
    def __init__(self) -> None:
        self._sidecar = Sidecar("appliance.ear_tasks")

    def wake(self) -> None:
        """Somebody may say a number soon. Returns at once."""
        self._sidecar.start()

    def stop(self) -> None:
        self._sidecar.stop()

    def hears(self, language: str) -> bool:
        """Whether numbers are heard in `language`. Where it cannot be told, callers key them."""
        try:
            found: bool = self._sidecar.run("hears", language, limit=HEARS_LIMIT)
        except SidecarError as error:
            log.warning("numbers can only be keyed", language=language, reason=str(error))
            return False
        return found

    def number(self, path: Path, language: str) -> str | None:
        """The digits said in a recording; None when they were not heard in time."""
        try:
            found: str | None = self._sidecar.run("number", path, language, limit=NUMBER_LIMIT)
        except SidecarError as error:
            log.warning("a number that was said could not be heard", reason=str(error))
            return None
        return found
