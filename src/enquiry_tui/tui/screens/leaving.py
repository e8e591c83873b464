"""What the screen of a matter says when it is left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gone:
    """Where the desk goes on: on the row of a matter, on the call line, or in another matter.

    `opens`: that matter is opened, with its call if any, and `then` done there.
    """

    enquiry_uid: str = ""
    contact_uid: str = ""
    to_line: bool = False
    then: str = ""
    opens: bool = False
