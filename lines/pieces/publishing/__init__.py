"""What was approved, as pages, a feed and MP3 files that anybody may read and hear."""

from lines.pieces.publishing.exporting import Exported, export
from lines.pieces.publishing.imprint import Imprint

__all__ = ["Exported", "Imprint", "export"]
