"""The way back to the old version, from wherever the upgrade has come to. It can be taken twice."""

from collections.abc import Callable

from . import journal as journals
from .box import Box
from .journal import NOTHING_CHANGED, STOPPED_ONLY, Journal, Step
from .layout import Layout
from .store_work import Work


def go_back(
    layout: Layout,
    box: Box,
    found: Journal,
    told: Callable[[Step], None] = lambda step: None,
    *,
    starting: bool = True,
) -> None:
    """Raises `UpgradeError`, `OSError`; then it is to be taken again."""
    if found.step in NOTHING_CHANGED:
        _forget(layout, found)
        return
    if found.step not in STOPPED_ONLY:
        _undo(layout, box, found, told)
    if starting:
        box.start()
    journals.remove(layout.journal)


def _undo(layout: Layout, box: Box, found: Journal, told: Callable[[Step], None]) -> None:
    """Store and program as they were."""
    journals.write(layout.journal, found.at(Step.GOING_BACK))
    told(Step.GOING_BACK)
    box.stop()
    layout.use(found.old)
    box.work(layout.release(found.old), Work.RESTORE)


def _forget(layout: Layout, found: Journal) -> None:
    if not layout.is_built(found.new):
        layout.remove(found.new)
    journals.remove(layout.journal)
