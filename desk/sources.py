"""Where the paper's own data lie: a SQLite file, PostgreSQL or MySQL, by URL."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from desk.errors import SourceInvalid

HIDDEN = "***"
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]


class Kind(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"


KINDS = {
    "sqlite": Kind.SQLITE,
    "postgresql": Kind.POSTGRESQL,
    "postgres": Kind.POSTGRESQL,
    "mysql": Kind.MYSQL,
    "mariadb": Kind.MYSQL,
}


def _checked(url: str) -> str:
    parts = _split(url)
    if parts.scheme not in KINDS:
        raise SourceInvalid(
            f'expected "sqlite:///file", "postgresql://user@host/database" or '
            f'"mysql://user@host/database", not scheme "{parts.scheme[:20]}"'
        )
    if not parts.path.strip("/"):
        wanted = "a file after sqlite:///" if parts.scheme == "sqlite" else "a database after host/"
        raise SourceInvalid(f"expected {wanted}")
    if parts.scheme != "sqlite" and not parts.hostname:
        raise SourceInvalid("expected a host after ://")
    return url


def _split(url: str) -> SplitResult:
    """Never quotes the URL in its error: it may hold a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise SourceInvalid("expected a URL such as postgresql://user@host:5432/database") from None
    return parts


class Source(BaseModel):
    """A data source. Its password is never shown: not in `repr`, in messages or in exports."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Name
    url: Annotated[str, Field(repr=False, max_length=2_000), AfterValidator(_checked)]
    password_env: Annotated[str, Field(max_length=100, pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")] = ""
    """Name of the environment's variable that holds the password."""

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        if self.password_env and self.parts.password is not None:
            raise SourceInvalid("a password in url or password_env, not both")
        return self

    @property
    def kind(self) -> Kind:
        return KINDS[self.parts.scheme]

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(unquote(self.parts.path).removeprefix("/"))

    @property
    def host(self) -> str:
        return self.parts.hostname or ""

    @property
    def user(self) -> str:
        return unquote(self.parts.username or "")

    @property
    def database(self) -> str:
        return unquote(self.parts.path).strip("/")

    @property
    def password(self) -> str:
        """From the environment or the URL; empty when there is none."""
        if self.password_env:
            return os.environ.get(self.password_env, "")
        return unquote(self.parts.password or "")

    @property
    def shown_url(self) -> str:
        """The URL with `***` for its password."""
        parts = self.parts
        if parts.password is None:
            return self.url
        address = parts.netloc.rpartition("@")[2]
        netloc = f"{parts.username or ''}:{HIDDEN}@{address}"
        return urlunsplit(parts._replace(netloc=netloc))

    def scrub(self, text: str) -> str:
        """`text` (a driver's message) without the password."""
        for secret in (self.password, self.parts.password or ""):
            if secret:
                text = text.replace(secret, HIDDEN)
        return text

    def __str__(self) -> str:
        return f'source "{self.name}" ({self.shown_url})'
