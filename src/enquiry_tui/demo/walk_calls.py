"""The walk's first half: a call, a refusal, a failed check, a release, letters, an answer."""

from __future__ import annotations

from collections.abc import Iterator

from enquiry_tui.demo.acts import LOW
from enquiry_tui.demo.steps import Step, Walker, demand, refused, sample, verdict_words
from enquiry_tui.desk import (
    checks,
    contacts,
    gate,
    letters,
    opening,
    people,
    quicklog,
    replies,
    telling,
)
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.vocabulary import Allowed, CheckOutcome, Decision, InfoClass
from enquiry_tui.domain.when import show_day


def steps(walker: Walker) -> Iterator[Step]:
    """Walk from the ringing telephone to the answered letter."""
    yield _logged(walker)
    yield _never(walker)
    yield _failed(walker)
    yield _told(walker)
    yield _odd_letter(walker)
    yield from _letter(walker)


def _logged(walker: Walker) -> Step:
    desk, line = walker.desk, sample("sample_call.txt").decode().strip()
    contact = contacts.begin_contact(desk)
    read = quicklog.read_line(desk, line)
    found = people.suggest(desk, read.who or "", read.phone.raw if read.phone else "")
    demand(bool(found))
    walker.person, walker.contact = found[0].person_uid, contact.uid
    walker.enquiry = found[0].matters[0][0]
    request = quicklog.LineRequest(
        line, contact.uid, person_uid=walker.person, enquiry_uid=walker.enquiry, end=False
    )
    logged = quicklog.log_line(desk, request)
    walker.reference = logged.reference
    return Step(
        "A call is logged",
        (
            f"Typed: {line}",
            f"Suggested and picked: {found[0].name}, {logged.reference}",
            f"Message for {read.for_whom} taken; reply due {read.due_words}",
        ),
    )


def _never(walker: Walker) -> Step:
    """Ask where the driver lives: no check is offered, a refusal needs none."""
    desk, contact = walker.desk, walker.contact
    progress = gate.verdict(desk, contact, InfoClass.OWN_PROGRESS)
    where = gate.verdict(desk, contact, InfoClass.SENSITIVE)
    other = gate.verdict(desk, contact, InfoClass.THIRD_PARTY)
    demand(where.allowed is Allowed.NEVER and other.allowed is Allowed.NEVER)
    asked = telling.ask(desk, contact, InfoClass.SENSITIVE, "where the driver lives")
    item = telling.Item("where the driver lives", neutral_sentence(), InfoClass.SENSITIVE)
    telling.decide(
        desk,
        telling.Telling(
            contact, Decision.REFUSE, (item,), info_class=InfoClass.SENSITIVE, ask_uid=asked
        ),
    )
    return Step(
        "Who is asking, and what may be said: she asks who drives the van and where he lives",
        (
            f"Check: {contacts.view(desk, contact).gate}",
            f"Verdict on {verdict_words(progress)}",
            f"Verdict on {verdict_words(other)}",
            f"Verdict on {verdict_words(where)}",
            f'Refused, in these words: "{neutral_sentence()}"',
        ),
    )


def _failed(walker: Walker) -> Step:
    desk = walker.desk
    contacts.end_contact(desk, walker.contact)
    contact = contacts.same_caller_again(desk, walker.enquiry).uid
    check = checks.open_check(desk, contact).uid
    checks.try_step(desk, check, "ZZZZ", StepName.CODE_WORD)
    seen = checks.try_step(desk, check, "1 January 1999", StepName.LETTER_DATE)
    demand(not any(step.passed for step in seen.steps))
    checks.end_check(desk, check, CheckOutcome.FAILED)
    item = telling.Item("enquiry.received_on", "It has reached us.")
    shut = refused(
        lambda: telling.decide(desk, telling.Telling(contact, Decision.RELEASE, (item,)))
    )
    contacts.end_contact(desk, contact)
    tried = ", ".join(f"{step.step} {'✓' if step.passed else '✗'}" for step in seen.steps)
    return Step(
        "Somebody rings in her name: the check fails, so nothing is told",
        (
            f"Compared blind: {tried}; what was said is not kept",
            f"Telling them all the same is refused: {shut}",
            "The call ends; its gate is shut for good",
        ),
    )


def _told(walker: Walker) -> Step:
    desk = walker.desk
    matter = opening.open_enquiry(desk, walker.enquiry)
    contact = contacts.same_caller_again(desk, walker.enquiry).uid
    check = checks.open_check(desk, contact).uid
    checks.try_step(desk, check, matter.reference, StepName.REFERENCE, until=LOW)
    seen = checks.try_step(desk, check, matter.code_word, StepName.CODE_WORD, until=LOW)
    demand(seen.outcome is CheckOutcome.PASSED)
    verdict = gate.verdict(desk, contact, InfoClass.OWN_PROGRESS)
    words = tuple(f"{line.label}: {line.words}" for line in matter.may_be_told)
    items = tuple(telling.Item(line.field, line.words) for line in matter.may_be_told)
    telling.decide(desk, telling.Telling(contact, Decision.RELEASE, items))
    contacts.end_contact(desk, contact)
    return Step(
        "She rings again with her reference and her code word",
        (
            f"Recognised: {seen.recognition.value} ({', '.join(step.step for step in seen.steps)})",
            f"Verdict on {verdict_words(verdict)}",
            f"Told, a line of the ledger each: {'; '.join(words)}",
        ),
    )


def _odd_letter(walker: Walker) -> Step:
    data = sample("odd_letter.eml")
    brought = letters.import_letter(walker.desk, data, "odd_letter.eml")
    if not isinstance(brought, letters.Imported):
        raise TypeError("the letter is not held yet")
    demand(brought.removed > 0)
    again = letters.import_letter(walker.desk, data, "odd_letter.eml")
    return Step(
        "An e-mail with things hidden in it is brought in",
        (
            f"{brought.reference} from {brought.from_}: {brought.subject}",
            f"Removed: {brought.removed} hidden characters. {' '.join(brought.notes)}",
            f"Brought in once more: held already under {again.reference}, nothing stored",
        ),
    )


def _letter(walker: Walker) -> Iterator[Step]:
    desk = walker.desk
    brought = letters.import_letter(
        desk, sample("sample_letter.eml"), "sample_letter.eml", enquiry_uid=walker.enquiry
    )
    if not isinstance(brought, letters.Imported):
        raise TypeError("the letter is not held yet")
    yield Step(
        "Her e-mail is brought into the same matter",
        (
            f"{brought.reference} from {brought.from_}: {brought.subject}",
            f"{brought.characters} characters, {brought.attachments} enclosure",
            f"Hidden characters removed: {brought.removed}",
        ),
    )
    contacts.pick_person(desk, brought.contact_uid, walker.person)
    words = "Thank you for your letter. It has reached us, and Estates have it."
    person = next(
        one for one in opening.refresh(desk, walker.enquiry).people if one.uid == walker.person
    )
    address = next(point for point in person.points if point.kind == "email")
    fresh = people.add_contact_point(
        desk, walker.person, "email", "new.address@example.net", "given on the telephone"
    )
    shut = refused(
        lambda: replies.write_reply(desk, replies.Reply(brought.contact_uid, fresh, words))
    )
    reply = replies.write_reply(desk, replies.Reply(brought.contact_uid, address.uid, words))
    replies.mark_reply_sent(desk, reply)
    yield Step(
        "It is answered in writing",
        (
            f"To an address given today: refused. {shut}",
            f"To the address held and confirmed ({address.how}): written",
            f"Marked as sent by hand: {show_day(desk.today())}",
        ),
    )
