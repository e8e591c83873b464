"""Three complaints further on: one being investigated, one to be told, one that may be reviewed."""

from __future__ import annotations

from dataclasses import replace

from enquiry_tui.demo.acts import log
from enquiry_tui.demo.stage import Stage
from enquiry_tui.desk import (
    complaint_allegations,
    complaint_duties,
    complaint_handling,
    complaint_iopc,
    complaint_outcome,
    complaint_recording,
    complaints,
    enquiries,
)
from enquiry_tui.desk.complaint_recording import Recording
from enquiry_tui.desk.complaints import ComplaintIntake

_PSD = "Insp Reed, Professional Standards"
_HANDLER = "DS Varley, Professional Standards"


def taken_down(stage: Stage, key: str, line: str, intake: ComplaintIntake) -> None:
    """Take a complaint down on a call, read it back and pass it on."""
    logged = log(stage, key, line)
    taken = replace(
        intake,
        enquiry_uid=logged.enquiry_uid,
        contact_uid=logged.contact_uid,
        read_back="agreed",
    )
    uid = complaints.log_complaint(stage.desk, taken).uid
    complaints.pass_complaint(stage.desk, uid)
    complaint_duties.preserve_evidence(
        stage.desk, uid, "the counter's and the officers' cameras", "CCTV unit, by telephone"
    )


def recorded(stage: Stage, key: str, route: str, handler: str) -> None:
    """Record it, answer the ten lines, give it to a handler and begin."""
    desk, uid = stage.desk, _uid(stage, key)
    given = Recording(("wants-recording",), satisfied=route == "otherwise")
    complaint_recording.record_complaint(desk, uid, given, by=_PSD)
    complaint_duties.give_copy(desk, uid, complaint_duties.COPY_TO, complaint_duties.WHOLE)
    lines = desk.packs.complaints.value.book.lines
    complaint_iopc.finish_screen(desk, uid, {line.id: "no" for line in lines}, by=_PSD)
    complaint_handling.allocate(desk, uid, handler, ())
    complaint_handling.start_handling(desk, uid, route, by=_PSD)


def concluded(stage: Stage, key: str, why: str) -> None:
    """Decide its one allegation, with an apology, and reach the outcome."""
    desk, uid = stage.desk, _uid(stage, key)
    item = complaints.complaint(desk, uid).allegations[0].uid
    complaint_allegations.decide_allegation(
        desk, item, "not-acceptable", ("apology", "learning"), why=why, by=_PSD
    )
    complaint_handling.conclude(desk, uid, (), by=_PSD)


def investigated_taken(stage: Stage) -> None:
    """Take down the complaint that is being investigated today."""
    stage.at(18, "10:10")
    line = "Maureen Tapp 01632 960312 ~ Handcuffed too tight at the fair"
    intake = ComplaintIntake(
        "",
        words="Her son was handcuffed so tightly at the fair that his wrists were bruised.",
        about="officer",
        about_whom="PC Ferris",
        when_where="The fair on the Common, Saturday evening",
        reach="01632 960312",
        wants="that somebody looks into it",
        category="B4",
    )
    taken_down(stage, "handcuffs", line, intake)
    stage.at(18, "15:20")
    recorded(stage, "handcuffs", "investigation", _HANDLER)


def investigated_updated(stage: Stage) -> None:
    """Enter that an update went: the next four weeks run."""
    stage.at(5, "11:40")
    words = "letter: two officers were spoken to, the camera is being looked at"
    complaint_handling.note_update(stage.desk, _uid(stage, "handcuffs"), words)


def due_taken(stage: Stage) -> None:
    """Take down the complaint whose outcome letter is due now."""
    stage.at(17, "15:10")
    line = "Wilf Garside 01632 960313 ~ Nobody rang back about the burglary"
    intake = ComplaintIntake(
        "",
        words="Nobody came or rang for nine days after his burglary.",
        about="service",
        when_where="Harbour Street, from the day of the burglary",
        reach="01632 960313 in the mornings",
        wants="an apology, and to know why",
        category="A1",
    )
    taken_down(stage, "burglary", line, intake)


def due_recorded(stage: Stage) -> None:
    """Record it and begin handling it."""
    stage.at(15, "14:30")
    recorded(stage, "burglary", "otherwise", _HANDLER)


def due_concluded(stage: Stage) -> None:
    """Reach its outcome: five working days run to the letter."""
    stage.at(3, "10:40")
    concluded(stage, "burglary", "the log shows that no unit was sent")


def window_taken(stage: Stage) -> None:
    """Take down the complaint whose outcome was told, and which may still be reviewed."""
    stage.at(22, "16:30")
    line = "Petra Novak 07700 900104 ~ Officer laughed at her at the station"
    intake = ComplaintIntake(
        "",
        words="The officer at the station laughed at her when she gave her name.",
        about="officer",
        about_whom="PC Lorne",
        when_where="Northmere station, Tuesday afternoon",
        reach="07700 900104",
        wants="an apology",
        category="H2",
    )
    taken_down(stage, "laughed", line, intake)
    stage.at(21, "14:20")
    recorded(stage, "laughed", "otherwise", _HANDLER)


def window_told(stage: Stage) -> None:
    """Reach its outcome, tell it in writing, and make it final: 28 days run for a review."""
    stage.at(13, "14:10")
    concluded(stage, "laughed", "the officer says so himself and is sorry")
    uid = _uid(stage, "laughed")
    complaint_outcome.tell_outcome(stage.desk, uid, "letter", by=_PSD)
    complaint_outcome.finalise(stage.desk, uid)
    enquiries.mark_sent(stage.desk, stage.enquiries["laughed"], "outcome letter")


def _uid(stage: Stage, key: str) -> str:
    return complaints.complaints_of(stage.desk, stage.enquiries[key])[-1].uid
