"""When a backup is due: once a day after the set hour, again an hour after one that failed."""

from datetime import datetime, timedelta

from appliance.settings import Settings

from .state import State

AGAIN_AFTER = timedelta(hours=1)


def is_due(settings: Settings, known: State, now: datetime) -> bool:
    """Also true for a day that was missed. A clock that was set back makes no backup wait."""
    if not settings.backup_target:
        return False
    if known.fault and known.tried and timedelta(0) <= now - known.tried < AGAIN_AFTER:
        return False
    return known.good is None or known.good < last_hour(settings, now) or known.good > now


def last_hour(settings: Settings, now: datetime) -> datetime:
    """The last time that the clock of the paper showed the hour of backups."""
    local = now.astimezone(settings.time_zone)
    begin = local.replace(hour=settings.backup_hour, minute=0, second=0, microsecond=0)
    return begin if begin <= local else begin - timedelta(days=1)
