"""What of pieces blocks, for the switchboard's sidecar."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from lines.pieces.salvaging import salvage
from lines.pieces.settling import settle

from .home import Home
from .piece_sounds import Sounds


def piece_tasks(home: Home) -> Mapping[str, Callable[..., Any]]:
    folder, sounds = home.recordings.absolute(), Sounds(home.models)
    return {
        "settle_piece": partial(settle, folder, sounds),
        "salvage_pieces": partial(salvage, folder, sounds),
    }
