"""The form that ends an urgent call: what is still missing, how it ended, how the officer is."""

from __future__ import annotations

from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.emergency import Acceptance, Aftermath, Ending
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.prompt import Field

_ENDINGS = (
    (str(Ending.HELP_THERE), "help is with them"),
    (str(Ending.CONTROL_ROOM), "the control room has them on the line"),
    (str(Ending.LINE_LOST), "line lost, outcome not known: it presses until somebody knows"),
    (str(Ending.HUNG_UP), "they hung up, outcome not known: it presses until somebody knows"),
    (str(Ending.MISTAKE), "F9 was pressed by mistake"),
)
_WELL = (
    Field("well", "All right?", hint="you: in your words; it stays with your supervisor"),
    Field("told", "Told whom?", hint="whom have you told?"),
)
_NUMBER = Field("number", "Incident no.", hint="with its digits; blank: add it later")
_TAKEN = Field("taken", "Who took it", hint="who in the control room")


class _HowEnded(Field):
    """How it ended: one of the keys, or in the officer's own words; nothing typed is refused.

    It begins empty: an ending that nobody chose would be on the record as true.
    """

    def read(self, typed: str) -> str:
        """Return how it ended. Raises Refused where nothing is said."""
        if not typed.strip():
            raise Refused(
                "How did it end?", "Its digit, or your own words. 3 or 4 where nobody knows."
            )
        return Field.read(self, typed)

    def _one(self, words: str) -> str:
        try:
            return super()._one(words)
        except Refused:
            return words


def form(view: UrgentView | None) -> tuple[str, tuple[Field, ...]]:
    """Give the words and the fields: the incident and who took it where they are not there yet."""
    outstanding = ", ".join(_outstanding(view)) if view is not None else ""
    words = f"Still missing: {outstanding}. It can be added later." if outstanding else ""
    number = () if view is None or view.incident_number else (_NUMBER,)
    taken = () if view is None or view.taken_by else (_TAKEN,)
    ended = _HowEnded("how", "How it ended", hint="1 to 5, or your words", options=_ENDINGS)
    return words, (*number, *taken, ended, *_WELL)


def _outstanding(view: UrgentView) -> tuple[str, ...]:
    after = Aftermath(
        incident_number=view.incident_number,
        taken_by=view.taken_by,
        acceptance=Acceptance(view.accepted) if view.accepted else None,
        next_if_refused="in the log" if view.accepted == "refused" else "",
        supervisor_told=True,
        welfare_asked=True,
    )
    return after.outstanding()
