"""The same boxes as for the other tests of backups."""

from tests.provisioning.backup.conftest import _needs_restic, box, places, target

__all__ = ["_needs_restic", "box", "places", "target"]
