"""The last days: complaints, an invitation, an answered message, a slip, an override."""

from __future__ import annotations

from enquiry_tui.demo import complaint_stories
from enquiry_tui.demo.acts import acknowledge, log, post
from enquiry_tui.demo.stage import SUPERVISOR, Stage
from enquiry_tui.desk import (
    complaints,
    contacts,
    enquiries,
    incidents,
    messages,
    overrides,
    people,
    promises,
)
from enquiry_tui.desk.letters import TypedLetter
from enquiry_tui.desk.people import NewPerson
from enquiry_tui.domain.vocabulary import Decision, InfoClass, Kind


def play(stage: Stage) -> None:
    """Play the last working days before today."""
    _rude_officer(stage)
    _post(stage)
    complaint_stories.investigated_updated(stage)
    _about_the_chief(stage)
    _member_of_parliament(stage)
    complaint_stories.due_concluded(stage)
    _lamps(stage)
    _slip(stage)
    _override(stage)
    _solicitor(stage)
    _roadside(stage)


def _rude_officer(stage: Stage) -> None:
    stage.at(6, "10:35")
    logged = log(stage, "rude", "T H Nguyễn 07700 900161 ~ Rude officer at the counter", end=False)
    intake = complaints.ComplaintIntake(
        logged.enquiry_uid,
        "The officer at the counter swore at him and sent him away.",
        contact_uid=logged.contact_uid,
        about="officer",
        about_whom="PC at the counter, grey beard",
        when_where="Northmere counter, about ten in the morning",
        reach="07700 900161 after five",
        wants="an apology",
        read_back="agreed",
    )
    stage.wait(200)
    complaints.pass_complaint(stage.desk, complaints.log_complaint(stage.desk, intake).uid)
    contacts.end_contact(stage.desk, logged.contact_uid)
    enquiries.set_waiting(stage.desk, logged.enquiry_uid, "PSD", stage.day(4))


def _post(stage: Stage) -> None:
    stage.at(5, "09:15")
    invitation = TypedLetter(
        sender="Col Hugh Reid (retd)",
        subject="Invitation, 12 December",
        words="Would the Chief Constable speak at our dinner on 12 December? Please answer soon.",
        place="tray 1",
        for_whom="staff officer",
    )
    post(stage, "dinner", invitation, NewPerson("Col Hugh Reid (retd)", phone="01632 960331"))
    enquiries.set_due(stage.desk, stage.enquiries["dinner"], stage.day(0), "they print the cards")
    stage.wait(90)
    thanks = TypedLetter(
        sender="Ann Mercer",
        subject="Thank-you letter for PCSO Lamb",
        words="She sat with my mother for an hour until the ambulance came.",
        place="tray 1",
    )
    post(stage, "thanks", thanks, NewPerson("Ann Mercer", address="2 Mill Street\nNM1 4DX"))
    enquiries.set_due(stage.desk, stage.enquiries["thanks"], stage.day(0), "the Chief signs today")


def _about_the_chief(stage: Stage) -> None:
    stage.at(4, "15:20")
    line = "Elspeth Rowan 01632 960341 ~ What was said at the public meeting"
    logged = log(stage, "chief", line, end=False)
    intake = complaints.ComplaintIntake(
        logged.enquiry_uid,
        "The Chief Constable told the public meeting something that was not so.",
        contact_uid=logged.contact_uid,
        about="chief-constable",
        about_whom="the Chief Constable",
        when_where="Public meeting, Northmere town hall",
        reach="01632 960341",
        wants="that it is put right in public",
        read_back="agreed",
    )
    stage.wait(260)
    complaints.pass_complaint(stage.desk, complaints.log_complaint(stage.desk, intake).uid)
    contacts.end_contact(stage.desk, logged.contact_uid)
    enquiries.set_with(stage.desk, logged.enquiry_uid, "LPB")
    enquiries.set_due(stage.desk, logged.enquiry_uid, stage.day(0), "has it been acknowledged?")


def _member_of_parliament(stage: Stage) -> None:
    stage.at(4, "16:40")
    stage.people["lane"] = people.record_person(
        stage.desk,
        NewPerson(
            "Tom Wray", organisation="Rachel Lane MP, constituency office", phone="01632 960350"
        ),
    )
    typed = TypedLetter(
        sender="Rachel Lane MP",
        subject="Speeding on the A414",
        words="My constituent asks what is done about racing on the A414 at night.",
        kind=Kind.ELECTED_REPRESENTATIVE,
        place="tray 1",
    )
    contact = post(stage, "speeding", typed)
    contacts.pick_person(stage.desk, contact, stage.people["lane"])
    enquiries.amend_enquiry(
        stage.desk, stage.enquiries["speeding"], "on the letter", their_reference="RL/1234"
    )
    acknowledge(stage, "speeding", contact, "staff")


def _lamps(stage: Stage) -> None:
    stage.at(2, "11:30")
    line = 'Ifor Vaughan 01632 960361 >"Estates" ~ Broken lamps at the station'
    logged = log(stage, "lamps", line)
    messages.pass_message(stage.desk, logged.message_uid, "by telephone")
    stage.wait(5000)
    messages.answer_message(stage.desk, logged.message_uid, "A fitter comes on Thursday.")


def _slip(stage: Stage) -> None:
    """Tell the wrong Bright about a due date; it is written down at once."""
    stage.at(1, "09:40")
    logged = log(stage, "bright", "Joan Bright 07700 900122 ~ Lost dog, a brown terrier", end=False)
    slip = incidents.Slip(
        "The reply to the FOI request is overdue.",
        to_whom="Joan Bright, who is not the one who asked",
        how_noticed="noticed on the call, wrong Bright on the screen",
        contact_uid=logged.contact_uid,
        enquiry_uid=logged.enquiry_uid,
        info_class=InfoClass.THIRD_PARTY,
        about_person_uid=stage.people["taser"],
    )
    stage.wait(120)
    incidents.record_incident(stage.desk, slip)
    contacts.end_contact(stage.desk, logged.contact_uid)


def _override(stage: Stage) -> None:
    stage.at(1, "11:05")
    desk = stage.desk
    contact = contacts.begin_contact(
        desk, person_uid=stage.people["access"], enquiry_uid=stage.enquiries["access"]
    ).uid
    contacts.save_note(desk, contact, "Rings through Relay, has the letter with him, no code word.")
    stage.wait(100)
    request = overrides.Override(
        contact,
        "enquiry.received_on",
        "Your request has reached us and the month runs.",
        InfoClass.OWN_PROGRESS,
        Decision.RELEASE,
        "read the whole letter out through Relay; the code word was never given to him",
        SUPERVISOR.handle,
        SUPERVISOR.passphrase,
    )
    overrides.override(desk, request)
    contacts.end_contact(desk, contact)


def _solicitor(stage: Stage) -> None:
    stage.at(1, "14:15")
    line = "Adeyemi & Co 01632 960371 ~ Letter of authority for a client"
    logged = log(stage, "authority", line, end=False)
    contacts.set_kind(stage.desk, logged.contact_uid, Kind.SOLICITOR)
    made = promises.make_promise(
        stage.desk,
        promises.MakePromise(
            logged.enquiry_uid,
            "ring to say what the letter must contain",
            stage.soon(30),
            contact_uid=logged.contact_uid,
        ),
    )
    contacts.end_contact(stage.desk, logged.contact_uid)
    stage.wait(1800)
    promises.move_promise(
        stage.desk, made.uid, stage.hour(1, "10:00"), "Legal answer tomorrow", told=True
    )


def _roadside(stage: Stage) -> None:
    stage.at(1, "16:10")
    logged = log(stage, "roadside", "Bryn Ellis 07700 900171 ~ Kept at the roadside for an hour")
    complaints.log_complaint(
        stage.desk,
        complaints.ComplaintIntake(
            logged.enquiry_uid, "He was kept at the roadside for an hour and not told why."
        ),
    )
