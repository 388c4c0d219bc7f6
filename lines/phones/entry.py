"""A desk phone as administrators write it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class PhoneEntry(BaseModel):
    """A phone; its password is no part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]
    title: Annotated[str, Field(max_length=200)] = ""
