"""What a program may write where a person writes a name or an address."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

#: Something to read, and no sign that a database cannot hold.
_WRITTEN = r"^[^\x00]*[^\x00\s][^\x00]*$"
_ADDRESS = r"^$|^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$"

Name = Annotated[str, Field(min_length=1, max_length=150, pattern=_WRITTEN)]
LongName = Annotated[str, Field(min_length=1, max_length=200, pattern=_WRITTEN)]
Address = Annotated[str, Field(max_length=254, pattern=_ADDRESS)]
