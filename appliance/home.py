"""What lies where under `PRESSLINE_HOME`."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything that changes."""

    root: Path

    @property
    def prompts(self) -> Path:
        """Rendered speech, by hash; can be removed at any time."""
        return self.root / "prompts"

    @property
    def own_prompts(self) -> Path:
        """The paper's own recordings, by name: precious."""
        return self.root / "own-prompts"

    @property
    def recordings(self) -> Path:
        return self.root / "recordings"

    @property
    def recordings_in_progress(self) -> Path:
        """The switch writes here; finished files are moved out at once."""
        return self.recordings / "in-progress"

    @property
    def pieces_in_progress(self) -> Path:
        """The switch writes here what is on air; whole pieces are moved to their day's folder."""
        return self.recordings / "pieces-in-progress"

    @property
    def public(self) -> Path:
        """What anybody may read: made anew from the store, any time."""
        return self.root / "public"

    @property
    def voicemail(self) -> Path:
        """Messages, greetings and comments: precious."""
        return self.root / "voicemail"

    @property
    def messages_in_progress(self) -> Path:
        """The switch writes messages here; whole ones are moved to their day's folder."""
        return self.voicemail / "in-progress"

    @property
    def conferences(self) -> Path:
        """Of conference rooms: chimes, names that callers have said, recordings in progress."""
        return self.root / "conferences"

    @property
    def spool(self) -> Path:
        """What the switch recorded by itself while the callbox was away."""
        return self.root / "spool" / "calls"

    @property
    def models(self) -> Path:
        """What understands and makes speech: Vosk models, Piper voices."""
        return self.root / "models"

    @property
    def journal(self) -> Path:
        """What could not be written to the store yet."""
        return self.root / "spool" / "store.journal"

    @property
    def jobs(self) -> Path:
        return self.root / "jobs.db"

    @property
    def switch_settings(self) -> Path:
        """Made for the embedded switch at each start."""
        return self.root / "run" / "softswitch.toml"

    @property
    def switch_folder(self) -> Path:
        """FreeSWITCH's configuration, music and certificates."""
        return self.root / "freeswitch"

    @property
    def prompt_memory(self) -> Path:
        """Which prompts the callbox knew; may be lost."""
        return self.root / "run" / "prompts.json"

    @property
    def web_phone_settings(self) -> Path:
        """Made for the browsers' gateway at each start."""
        return self.root / "run" / "web-phone.toml"

    @property
    def private(self) -> tuple[Path, ...]:
        """Not for the group: FreeSWITCH, which faces the world, is of it."""
        return self.root / "pressline.db", self.jobs, self.root / "run", self.root / "log"

    @property
    def written_by_switch(self) -> tuple[Path, ...]:
        """FreeSWITCH is a user of its own: its group must be able to write there."""
        return (
            self.recordings_in_progress,
            self.pieces_in_progress,
            self.messages_in_progress,
            self.conferences / "names",
            self.conferences / "in-progress",
            self.spool,
        )

    def make(self) -> "Home":
        self.root.mkdir(mode=0o750, parents=True, exist_ok=True)  # not for everybody to look into
        for folder in (
            self.root,
            self.prompts,
            self.own_prompts,
            self.recordings_in_progress,
            self.pieces_in_progress,
            self.public,
            self.journal.parent,
            self.root / "run",
            self.root / "log",
            self.models,
            self.messages_in_progress,
            self.voicemail / "scratch",
            self.conferences / "names",
            self.conferences / "in-progress",
            self.spool,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        return self
