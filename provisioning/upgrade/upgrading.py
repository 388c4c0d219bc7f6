"""The steps of an upgrade, each written down before it is taken."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import journal as journals
from .box import Box
from .errors import NotWell, SourceOdd, StepFailed, Unfinished, UpgradeError
from .going_back import go_back
from .holding import alone
from .journal import Journal, Step
from .layout import Layout
from .source import tree_of, version_in
from .store_work import Work

WELL_WITHIN = 180.0
"""Seconds that the new version has to become as well as the old one was."""
LOOK_EVERY = 1.0
NEEDED = ("callbox", "worker", "store")
"""What must be well after an upgrade of a box that did not run, or was not well at all."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Of one box; `told` is called with each step."""

    layout: Layout
    box: Box
    told: Callable[[Step], None] = lambda step: None
    backed_up: bool = True
    """Whether a backup is made first."""
    well_within: float = WELL_WITHIN
    sleep: Callable[[float], None] = field(default=time.sleep)

    def to(self, source: Path) -> str:
        """The new version. Raises `UpgradeError`, `OSError`; the box goes on with the old one."""
        self.layout.version()
        with alone(self.layout):
            return self._to(source)

    def _to(self, source: Path) -> str:
        if journals.read(self.layout.journal):
            raise Unfinished("an earlier upgrade was cut off: pressline upgrade --resume")
        old = self.layout.version()
        tree = tree_of(source, self.layout)
        new = version_in(tree)
        if new == old:
            raise SourceOdd(f"{source}: this is version {new}, which runs already")
        plan = Journal(Step.BUILDING, old, new, self.layout.is_built(new))
        try:
            self._go(plan, tree)
        except (UpgradeError, OSError) as error:
            self._back(error)
            raise
        self.layout.remove_old(keep=old)
        return new

    def _go(self, plan: Journal, tree: Path) -> None:
        old, new = self.layout.release(plan.old), self.layout.release(plan.new)
        before = self.box.well()
        self._at(plan, Step.BUILDING)
        if not plan.was_there:
            self.box.build(tree, new)
            self.layout.mark_built(plan.new)
        self._at(plan, Step.BACKING_UP)
        if self.backed_up:
            self.box.back_up(old)
        self._at(plan, Step.STOPPING)
        self.box.stop()
        self._at(plan, Step.KEEPING)
        self.box.work(old, Work.KEEP)
        self._at(plan, Step.MIGRATING)
        self.box.work(new, Work.MIGRATE)
        self._at(plan, Step.SWITCHING)
        self.layout.use(plan.new)
        self._at(plan, Step.STARTING)
        self.start_well(before)
        journals.remove(self.layout.journal)

    def _at(self, plan: Journal, step: Step) -> None:
        journals.write(self.layout.journal, plan.at(step))
        self.told(step)

    def start_well(self, before: dict[str, bool] | None) -> None:
        """Raises `NotWell`."""
        self.box.start()
        wanted = [part for part, well in (before or {}).items() if well] or list(NEEDED)
        deadline = time.monotonic() + self.well_within
        while missing := self._missing(wanted):
            if time.monotonic() > deadline:
                raise NotWell(
                    f"after {self.well_within:g} s these were not well: {', '.join(missing)}"
                )
            self.sleep(LOOK_EVERY)

    def _missing(self, wanted: list[str]) -> list[str]:
        now = self.box.well() or {}
        return [part for part in wanted if not now.get(part)]

    def _back(self, error: Exception) -> None:
        """Raises `StepFailed` when there is no way back by itself."""
        found = journals.read(self.layout.journal)
        if not found:
            return
        try:
            go_back(self.layout, self.box, found, self.told)
        except (UpgradeError, OSError) as second:
            raise StepFailed(
                f"the upgrade failed ({error}), and so did the way back ({second}): mend that, "
                "then run: pressline upgrade --resume"
            ) from error
