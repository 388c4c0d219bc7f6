from pathlib import Path

import pytest

from tests.store.conftest import postgresql_database, store, target
from tests.voicemail.left import SPEECH

__all__ = ["postgresql_database", "store", "target"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The voicemail folder."""
    return tmp_path / "voicemail"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A models' folder with the small English test model."""
    models = tmp_path / "models"
    models.mkdir()
    (models / "en-test").symlink_to(SPEECH / "model")
    return models
