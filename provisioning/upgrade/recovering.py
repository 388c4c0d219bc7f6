"""After a power cut in the midst of an upgrade: wholly the old version, or wholly the new one."""

from . import journal as journals
from .errors import UpgradeError, UpgradeRuns
from .going_back import go_back
from .holding import alone
from .journal import Step
from .upgrading import Upgrade


def resume(upgrade: Upgrade) -> str:
    """The version that the box has now; "" when no upgrade was under way.

    What had not begun to work is taken back; a new version that was being started goes on, when it
    becomes well. Raises `UpgradeError`, `OSError`.
    """
    upgrade.layout.version()
    with alone(upgrade.layout):
        return _resume(upgrade)


def _resume(upgrade: Upgrade) -> str:
    found = journals.read(upgrade.layout.journal)
    if not found:
        return ""
    if found.step is Step.STARTING and _goes_on(upgrade):
        journals.remove(upgrade.layout.journal)
        return found.new
    go_back(upgrade.layout, upgrade.box, found, upgrade.told)
    return found.old


def at_boot(upgrade: Upgrade) -> str:
    """As `resume`, before anything is started: nothing is started or waited for here.

    An upgrade that runs starts the box, too, and is not disturbed.
    """
    try:
        with alone(upgrade.layout):
            return _at_boot(upgrade)
    except UpgradeRuns:
        return ""


def _at_boot(upgrade: Upgrade) -> str:
    found = journals.read(upgrade.layout.journal)
    if not found:
        return ""
    if found.step is Step.STARTING:
        journals.remove(upgrade.layout.journal)
        return found.new
    go_back(upgrade.layout, upgrade.box, found, upgrade.told, starting=False)
    return found.old


def _goes_on(upgrade: Upgrade) -> bool:
    try:
        upgrade.start_well(None)
    except UpgradeError:
        return False
    return True
