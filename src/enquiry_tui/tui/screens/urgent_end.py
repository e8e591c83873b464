"""The form that ends an urgent call: what is still missing, how it ended, how the officer is."""

from __future__ import annotations

from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.domain.emergency import Acceptance, Aftermath
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.prompt import Field

_ENDINGS = (
    ("help is with them", "help is with them"),
    ("control room has them", "the control room has them on the line"),
    ("they hung up", "they hung up"),
    ("opened by mistake", "F9 was pressed by mistake"),
)
_WELL = (
    Field("well", "All right?", hint="you: in your words; it stays with your supervisor"),
    Field("told", "Told whom?", hint="whom have you told?"),
)
_NUMBER = Field("number", "Incident no.", hint="with its digits; blank: add it later")
_TAKEN = Field("taken", "Who took it", hint="who in the control room")


class _HowEnded(Field):
    """How it ended: one of the keys, or in the officer's own words; nothing typed is refused."""

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
    ended = _HowEnded("how", "How it ended", value=_ENDINGS[0][0], options=_ENDINGS)
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
