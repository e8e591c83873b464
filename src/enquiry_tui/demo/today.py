"""Today: the post, a worried mother, the press, a caller who said he was a detective inspector."""

from __future__ import annotations

from enquiry_tui.demo.acts import log, post, refer
from enquiry_tui.demo.stage import Stage
from enquiry_tui.desk import checks, contacts, messages, people, promises, telling
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.letters import TypedLetter
from enquiry_tui.desk.people import NewMarker
from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.vocabulary import Decision, InfoClass, Kind, MarkerKind

_POST = (
    TypedLetter(
        subject="Save the mounted section",
        words="We, the undersigned, ask the Chief Constable to keep the mounted section.",
        copies=4,
        place="tray 3",
    ),
    TypedLetter(
        subject="Unsigned, about overtime",
        words="Look at who signs the overtime on B shift.",
        place="sealed, in the safe",
        kind=Kind.ANONYMOUS,
    ),
    TypedLetter(
        sender="Adeyemi & Co",
        subject="Letter before claim",
        words="We act for Mr Penrose and give notice of a claim. Please answer within 21 days.",
        kind=Kind.SOLICITOR,
        for_whom="Legal services",
        place="Legal, by hand, 09:40",
    ),
    TypedLetter(
        sender="Cllr Moira Haddow",
        subject="Street lamps in Fenwick Road",
        words="May I have the number of thefts in Fenwick Road since the lamps went out?",
        kind=Kind.ELECTED_REPRESENTATIVE,
        place="tray 1",
    ),
)


def play(stage: Stage) -> None:
    """Play today up to now."""
    _post(stage)
    _medal(stage)
    _worried_mother(stage)
    _constituency(stage)
    _press(stage)
    _counter(stage)
    _perhaps_holt(stage)
    _inspector(stage)
    _visitor(stage)


def _post(stage: Stage) -> None:
    stage.ago(235)
    for number, typed in enumerate(_POST):
        stage.wait(75)
        post(stage, f"post {number}", typed)


def _medal(stage: Stage) -> None:
    stage.ago(205)
    log(stage, "medal", "Sir Giles Barrow 01632 960381 >CC ~ A word about the medal")


def _worried_mother(stage: Stage) -> None:
    """Refuse to say where he lives; take the worry in, and promise to ring."""
    stage.ago(160)
    desk = stage.desk
    line = "Janet Holt 07700 900111 #worry ~ Worry re daughter's ex"
    logged = log(stage, "worry", line, end=False)
    contacts.save_note(
        desk,
        logged.contact_uid,
        "Daughter's former partner has moved near the school. Asks where. Afraid he will hurt her.",
    )
    marker = NewMarker(
        MarkerKind.SAFE_CONTACT_ONLY,
        "SAFE NUMBER ONLY after 16:00 · no voicemail",
        "her landline may be listened to",
        stage.day(64),
        person_uid=logged.person_uid,
        safe_number="07700 900111",
    )
    people.set_marker(desk, marker)
    stage.wait(45)
    _refuse_whereabouts(desk, logged.contact_uid)
    stage.wait(60)
    words = (
        "Please ring her on the safe number and judge the risk.",
        "Her daughter's former partner has moved near the school. She is afraid for her.",
    )
    risk = "Ring after 16:00 on the safe number only. No voicemail."
    contact = logged.contact_uid
    refer(stage, "worry", "domestic-abuse-team", words, contact_uid=contact, risk=risk)
    promise = promises.MakePromise(
        logged.enquiry_uid, "ring to say who has it", stage.soon(45), contact_uid=contact
    )
    promises.make_promise(desk, promise)
    contacts.end_contact(desk, contact)


def _refuse_whereabouts(desk: Desk, contact: str) -> None:
    asked = telling.ask(desk, contact, InfoClass.SENSITIVE, "where he lives")
    item = telling.Item("where he lives", neutral_sentence(), InfoClass.SENSITIVE)
    telling.decide(
        desk,
        telling.Telling(
            contact, Decision.REFUSE, (item,), info_class=InfoClass.SENSITIVE, ask_uid=asked
        ),
    )


def _constituency(stage: Stage) -> None:
    stage.ago(130)
    desk = stage.desk
    contact = contacts.begin_contact(
        desk, person_uid=stage.people["lane"], enquiry_uid=stage.enquiries["speeding"]
    ).uid
    contacts.save_note(desk, contact, "Chasing. Could somebody ring before the debate?")
    contacts.set_kind(desk, contact, Kind.ELECTED_REPRESENTATIVE)
    promise = promises.MakePromise(
        stage.enquiries["speeding"], "staff officer rings", stage.soon(105), contact_uid=contact
    )
    promises.make_promise(desk, promise)
    stage.wait(150)
    contacts.end_contact(desk, contact)


def _press(stage: Stage) -> None:
    stage.ago(100)
    desk = stage.desk
    logged = log(stage, "press", "Kay Dunn 07700 900181 ~ Courier, statement wanted", end=False)
    contacts.set_kind(desk, logged.contact_uid, Kind.MEDIA)
    telling.decide(desk, telling.Telling(logged.contact_uid, Decision.ROUTE))
    messages.take_message(
        desk,
        messages.TakeMessage(
            logged.enquiry_uid,
            "",
            "Kay Dunn, Northmere Courier. Wants a statement. No question answered here.",
            contact_uid=logged.contact_uid,
            urgent=True,
            call_back="07700 900181",
            deadline="five today",
            entry_key="press-office",
        ),
    )
    contacts.end_contact(desk, logged.contact_uid)


def _counter(stage: Stage) -> None:
    stage.ago(80)
    logged = log(stage, "counter", "withheld ~ Name of officer at the counter", end=False)
    promise = promises.MakePromise(
        logged.enquiry_uid,
        "he rings again: say how to complain without a name",
        stage.soon(140),
        contact_uid=logged.contact_uid,
    )
    promises.make_promise(stage.desk, promise)
    contacts.end_contact(stage.desk, logged.contact_uid)


def _perhaps_holt(stage: Stage) -> None:
    stage.ago(60)
    log(stage, "perhaps", "J Holt? 07700 900119 ~ Will not say what about, rings again")


def _inspector(stage: Stage) -> None:
    """Take a pretext call: hard flag, check stopped. And a check that nobody finished."""
    stage.ago(45)
    desk = stage.desk
    line = "DI Marsh? withheld ~ Wants an address, custody clock"
    logged = log(stage, "inspector", line, end=False)
    contacts.set_kind(desk, logged.contact_uid, Kind.OTHER_AGENCY)
    check = checks.open_check(desk, logged.contact_uid).uid
    for flag in (Flag.RUSH, Flag.BIG_NAMES, Flag.REFUSES_RING_BACK):
        stage.wait(20)
        checks.set_flag(desk, check, flag, on=True)
    item = telling.Item("an address", neutral_sentence(), InfoClass.SENSITIVE)
    telling.decide(desk, telling.Telling(logged.contact_uid, Decision.REFUSE, (item,)))
    contacts.end_contact(desk, logged.contact_uid, "hung-up")
    stage.ago(38)
    line = "Colin Frayne 07700 900191 ~ Asks how far his complaint has come"
    logged = log(stage, "unfinished", line, end=False)
    checks.open_check(desk, logged.contact_uid)
    contacts.end_contact(desk, logged.contact_uid, "dropped")


def _visitor(stage: Stage) -> None:
    stage.ago(25)
    log(stage, "visit", "visit Yusuf Rahman 01632 960391 >staff ~ Open day at the mosque")
