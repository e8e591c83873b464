"""The weeks before: the office set up, letters come in, and matters that are closed by now."""

from __future__ import annotations

from enquiry_tui.demo import complaint_stories, urgent
from enquiry_tui.demo.acts import LOW, WHAT, acknowledge, close, confirm_points, log, post, refer
from enquiry_tui.demo.stage import MONITOR, OFFICER, SECOND, Stage
from enquiry_tui.desk import (
    bring_forwards,
    checks,
    clocks,
    complaints,
    contacts,
    directory,
    enquiries,
    messages,
    people,
    referrals,
    telling,
)
from enquiry_tui.desk.letters import TypedLetter
from enquiry_tui.desk.people import NewMarker, NewPerson
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.vocabulary import Channel, Decision, MarkerKind

_CONFIRMED = (
    *("control-room", "psd", "foi", "press-office", "domestic-abuse-team", "opcc-complaints"),
    *("neighbourhood", "staff-officer", "info-management", "council", "safeguarding"),
)
# Working days back, hour, line, and where the caller was signposted.
_CLOSED = (
    (23, "09:40", "Arthur Penhale 01632 960301 ~ Found a wallet on the seafront", "lost-property"),
    (23, "11:15", "Rosalind Achebe 07700 900101 ~ Thanks for the help at the fete", ""),
    (22, "14:20", "Gareth Pryce 01632 960302 ~ Renewing a shotgun licence", "firearms-licensing"),
    (20, "10:05", "Cllr Moira Haddow 01632 960303 ~ Date of the next public meeting", ""),
    (19, "15:45", "Dev Anand 07700 900102 ~ Parking ticket from the council", "council"),
    (16, "09:30", "anon ~ Dogs off the lead by the bandstand", ""),
    (14, "12:10", "Mei Tan 07700 900103 ~ Where to report a scam text", "report-fraud"),
    (11, "16:30", "Bryony Clegg 01632 960304 ~ Asked for the Chief's biography", ""),
)


def play(stage: Stage) -> None:
    """Play everything up to the week before this one."""
    _office(stage)
    _closed(stage, 23, 22)
    _taser(stage)
    complaint_stories.window_taken(stage)
    _custody(stage)
    _closed(stage, 20, 19)
    complaint_stories.investigated_taken(stage)
    _noise(stage)
    complaint_stories.due_taken(stage)
    _closed(stage, 16, 16)
    _parking_letter(stage)
    complaint_stories.due_recorded(stage)
    _larkin(stage)
    _closed(stage, 14, 14)
    _parking_answer(stage)
    complaint_stories.window_told(stage)
    urgent.ring(stage)
    _protected(stage)
    _named_contact(stage)
    _closed(stage, 11, 11)
    stage.at(11, "16:50")
    stage.join()
    stage.on(MONITOR)
    urgent.review(stage)
    stage.on(SECOND)
    _music(stage)
    _carols(stage)
    stage.on(OFFICER)
    _access(stage)
    _parking_call(stage)


def _office(stage: Stage) -> None:
    stage.at(25, "08:40")
    stage.found()
    for entry in _CONFIRMED:
        stage.wait(40)
        directory.confirm_entry(stage.desk, entry, "rung from the printed internal list")


def _closed(stage: Stage, first: int, last: int) -> None:
    for back, hour, line, signpost in _CLOSED:
        if not last <= back <= first:
            continue
        key = f"closed {back} {hour}"
        stage.at(back, hour)
        log(stage, key, line)
        if signpost:
            request = referrals.ReferralRequest(stage.enquiries[key], signpost, kind="signpost")
            referrals.refer(stage.desk, request)
        close(stage, key, "number given" if signpost else "answered on the call")


def _taser(stage: Stage) -> None:
    stage.at(22, "15:05")
    typed = TypedLetter(
        sender="Tom Bright",
        subject="FOI: Taser use by year",
        words="How often was a Taser drawn, and how often fired, in each of the last five years?",
        channel=Channel.EMAIL,
    )
    writer = NewPerson("Tom Bright", phone="07700 900120", email="tom.bright@example.org")
    contact = post(stage, "taser", typed, writer)
    clocks.begin_clock(stage.desk, stage.enquiries["taser"], "foi", stage.desk.today())
    acknowledge(stage, "taser", contact, "FOI")


def _custody(stage: Stage) -> None:
    stage.at(21, "09:25")
    address = "4 Tanner Row\nNM2 7PL"
    typed = TypedLetter(
        sender="Łucja Kowalska",
        sender_address=address,
        subject="Custody, property not returned",
        words="My phone and my ring were taken when I was booked in. Only the phone came back.",
        place="tray 2",
    )
    writer = NewPerson("Łucja Kowalska", phone="07700 900131", address=address)
    contact = post(stage, "custody", typed, writer)
    intake = complaints.ComplaintIntake(
        stage.enquiries["custody"],
        "A ring taken at the custody desk was not given back.",
        about="service",
        when_where="Northmere custody, at release",
        reach="by letter",
        wants="the ring back, and to know what happened to it",
        read_back="not-read",
    )
    complaints.pass_complaint(stage.desk, complaints.log_complaint(stage.desk, intake).uid)
    acknowledge(stage, "custody", contact)
    stage.wait(7000)
    sent = referrals.referrals_of(stage.desk, stage.enquiries["custody"])[-1]
    referrals.answer_referral(stage.desk, sent.uid, accepted=True, by="DS Varley")
    referrals.tell_enquirer_of_referral(stage.desk, sent.uid)


def _noise(stage: Stage) -> None:
    stage.at(17, "11:50")
    log(stage, "noise", "anon withheld #noise ~ Noise from the yard in Fenwick Road")
    asked = "Please look at the yard in Fenwick Road at night."
    said = "Engines run in the yard from two until five in the morning, most nights."
    refer(stage, "noise", "neighbourhood", (asked, said), fields=WHAT)
    enquiries.set_due(stage.desk, stage.enquiries["noise"], stage.day(3), "20 working days")


def _parking_letter(stage: Stage) -> None:
    """Bring in a letter about parking, written two days before it came; Estates get it."""
    stage.at(15, "09:10")
    address = "12 Mill Lane, Northgate\nNM1 9AA"
    typed = TypedLetter(
        sender="Siân O'Brien",
        sender_address=address,
        subject="Parking at the school gates",
        words="Vans stand on the crossing every morning. My daughter was nearly hit last week.",
        dated_on=stage.day(-17),
        place="tray 1",
    )
    writer = NewPerson(
        "Siân O'Brien",
        phone="01632 960491",
        email="sian.obrien@example.org",
        address=address,
        source="her letter",
    )
    contact = post(stage, "parking", typed, writer)
    people.note_details(
        stage.desk, stage.people["parking"], needs="large print", postcode="NM1 9AA"
    )
    acknowledge(stage, "parking", contact, "Estates")


def _larkin(stage: Stage) -> None:
    stage.at(14, "10:40")
    log(stage, "larkin", "Beth Larkin 07700 900318 ~ How to become a custody visitor")
    larkin, address = stage.people["larkin"], "Flat 4, 2 Quay Street\nNM1 3QT"
    people.add_contact_point(stage.desk, larkin, "address", address, "given by the enquirer")
    people.note_details(stage.desk, larkin, born="1998-04-02")
    close(stage, "larkin", "leaflet sent")


def _parking_answer(stage: Stage) -> None:
    stage.at(13, "11:00")
    confirm_points(stage, "parking", "she answered our letter")


def _protected(stage: Stage) -> None:
    stage.at(12, "15:30")
    log(stage, "pell", "Dawn Pell 07700 900141 ~ Asks that her address is kept off letters")
    marker = NewMarker(
        MarkerKind.PROTECTED_ADDRESS,
        "ADDRESS PROTECTED: never said, never written down elsewhere",
        "asked for by the domestic abuse team",
        stage.day(55),
        person_uid=stage.people["pell"],
    )
    people.set_marker(stage.desk, marker)
    enquiries.set_waiting(stage.desk, stage.enquiries["pell"], "DA", stage.day(4))


def _named_contact(stage: Stage) -> None:
    stage.at(11, "09:30")
    marker = NewMarker(
        MarkerKind.NAMED_CONTACT,
        "NAMED CONTACT J Patel, Tuesdays. Still listen for new risk",
        "rang eleven times in a week; agreed with her",
        stage.day(34),
        person_uid=stage.people["parking"],
    )
    people.set_marker(stage.desk, marker)


def _access(stage: Stage) -> None:
    stage.at(10, "10:20")
    typed = TypedLetter(
        sender="Daoud Farouk",
        subject="Subject access request",
        words="Please send me everything that you hold on me.",
        place="tray 2",
    )
    writer = NewPerson("Daoud Farouk", address="8 Kiln Road\nNM3 5DD")
    contact = post(stage, "access", typed, writer)
    clocks.begin_clock(stage.desk, stage.enquiries["access"], "sar", stage.desk.today())
    acknowledge(stage, "access", contact, "DPO")


def _parking_call(stage: Stage) -> None:
    """Recognise her by the date of her letter and her postcode, and tell her."""
    stage.at(8, "10:20")
    desk = stage.desk
    contact = contacts.begin_contact(
        desk, person_uid=stage.people["parking"], enquiry_uid=stage.enquiries["parking"]
    ).uid
    contacts.save_note(desk, contact, "No reply yet. The vans are back since Monday.")
    check = checks.open_check(desk, contact).uid
    stage.wait(25)
    written = stage.day(-17)
    checks.try_step(desk, check, f"{written.day} {written:%B}", StepName.LETTER_DATE, until=LOW)
    checks.try_step(desk, check, "NM1 9AA", StepName.POSTCODE, until=LOW)
    stage.wait(20)
    items = (
        telling.Item("enquiry.received_on", "Your letter has reached us."),
        telling.Item("enquiry.held_by", "Estates have it."),
    )
    telling.decide(desk, telling.Telling(contact, Decision.RELEASE, items))
    stage.wait(30)
    contacts.end_contact(desk, contact)


def _music(stage: Stage) -> None:
    stage.at(11, "17:00")
    log(stage, "music", "Ibrahim Sesay 01632 960311 #noise ~ Music from the Anchor at midnight")
    asked = "Please consider the licence of the Anchor."
    said = "Music is played in the garden after midnight at weekends."
    sent = refer(stage, "music", "council", (asked, said))
    enquiries.set_waiting(stage.desk, stage.enquiries["music"], "Council", stage.day(6))
    stage.wait(300)
    referrals.answer_referral(stage.desk, sent, accepted=True, by="Council licensing")


def _carols(stage: Stage) -> None:
    stage.at(11, "17:20")
    line = 'Canon Ruth Lisle 01632 960312 >"Chief officers" ~ Carol service, 12 December'
    logged = log(stage, "carols", line)
    messages.pass_message(stage.desk, logged.message_uid, "by hand to the staff officer")
    bring_forwards.set_bring_forward(
        stage.desk, stage.enquiries["carols"], stage.day(2), "Has the diary answered?"
    )
