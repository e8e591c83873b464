"""What the screen of a matter says when it is left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gone:
    """Where the desk goes on: on the row of a matter, in another call, or on the call line.

    `then` is the command to be done in that other call.
    """

    enquiry_uid: str = ""
    contact_uid: str = ""
    to_line: bool = False
    then: str = ""
