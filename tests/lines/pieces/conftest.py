"""A store and a folder of recordings."""

from pathlib import Path

import pytest

from appliance.piece_sounds import Sounds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """That of the recordings."""
    return tmp_path / "recordings"


@pytest.fixture
def sounds(tmp_path: Path) -> Sounds:
    """The real ones, without a speech model."""
    return Sounds(tmp_path / "models")
