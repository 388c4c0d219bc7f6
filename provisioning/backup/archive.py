"""The archive that the settings name."""

from appliance.settings import Settings

from . import state
from .errors import NotSetUp, TargetFailed, TargetGone
from .key import key_of, known_key
from .places import Places
from .restic import Restic


def archive_of(settings: Settings, places: Places) -> Restic:
    """The archive to back up into. Raises `NotSetUp`."""
    _assert_target(settings)
    return _archive(settings, places, key_of(_given(settings), places))


def known_archive(settings: Settings, places: Places) -> Restic:
    """The archive to bring something back from.

    Raises `NotSetUp`; `TargetGone` where there is none, or where our key does not open it.
    """
    _assert_target(settings)
    archive = _archive(settings, places, known_key(_given(settings), places))
    if not archive.is_there():
        raise TargetGone(
            f"backup_target {archive.target}: there is no archive, or the key is another one"
        )
    return archive


def _assert_target(settings: Settings) -> None:
    if not settings.backup_target:
        raise NotSetUp(
            "backup_target is not set: name a folder on another disk, sftp:user@host:folder "
            "or s3:https://host/bucket (docs/backup.md)"
        )


def _archive(settings: Settings, places: Places, key: str) -> Restic:
    limit = settings.backup_upload_limit
    return Restic(settings.backup_target, key, places, limit, _account(settings))


def _given(settings: Settings) -> str:
    return settings.backup_password.get_secret_value()


def _account(settings: Settings) -> dict[str, str]:
    if not settings.backup_s3_key:
        return {}
    return {
        "AWS_ACCESS_KEY_ID": settings.backup_s3_key,
        "AWS_SECRET_ACCESS_KEY": settings.backup_s3_secret.get_secret_value(),
    }


def opened(archive: Restic) -> Restic:
    """Makes the archive the first time; removes what killed backups left in it.

    Raises `TargetFailed`.

    Never twice: a disk that is not plugged in leaves an empty folder behind, and a new archive
    there would fill this machine's own disk and pass for a backup.
    """
    known = state.read(archive.places)
    if known.archive_made and known.target == archive.target:
        _unlocked(archive)
        return archive
    if not archive.is_there():
        archive.make()
    state.note(archive.places, target=archive.target, archive_made=True)
    return archive


def _unlocked(archive: Restic) -> None:
    try:
        archive.unlock()
    except TargetFailed as error:
        raise TargetGone(
            f"backup_target {archive.target}: the archive that was there cannot be opened. "
            "Is the disk plugged in, the host reachable, the key the same? For a new, empty "
            f"archive: pressline backup --new-archive\n({error})"
        ) from error


def forget_archive(places: Places) -> None:
    """The next backup may make a new one."""
    state.note(places, archive_made=False)
