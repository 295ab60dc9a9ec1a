"""What every table of programme.toml has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Part(BaseModel):
    """A table of programme.toml; a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")
