"""Where the words of a matter stand, and what of them is seen: no pane shows what another masks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from enquiry_tui.cli.showing import shown
from enquiry_tui.desk import (
    contacts,
    letters,
    lists,
    opening,
    people,
    promises,
    quicklog,
    revealing,
    search,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import MarkerKind
from tests.desk.calls import Known, call_from, known_caller
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import TestOffice

ADDRESS, SAFE = "CANARY Flat 4, Mill Lane", "07700 900555"
SAID, WORDS, ABOUT = "CANARYPROMISE", "CANARYLETTER", "CANARYSUBJECT"
SENSITIVE = (ADDRESS, SAFE)
CONTENT = (SAID, WORDS, ABOUT)
PLACES: dict[str, Callable[[Desk, str], object]] = {
    "matter": opening.refresh,
    "letters": letters.letters_of,
    "promises": promises.promises_of,
    "desk": lists.footing,
    "find": lambda desk, _uid: search.search(desk, "canary"),
    "show": lambda desk, uid: shown(desk, opening.refresh(desk, uid)),
}


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    known = known_caller(desk, office)
    people.add_contact_point(desk, known.person, "address", ADDRESS, "letter")
    marker = people.NewMarker(
        MarkerKind.SAFE_CONTACT_ONLY, "safe number only", "asked", date(2027, 3, 3), known.person
    )
    people.set_marker(desk, replace(marker, safe_number=SAFE))
    by = desk.now() + timedelta(hours=2)
    call = call_from(desk, known)
    promises.make_promise(desk, promises.MakePromise(known.enquiry, SAID, by, call))
    contacts.end_contact(desk, call)
    letters.type_letter(
        desk,
        letters.TypedLetter(
            "Janet Holt", ADDRESS, ABOUT, f"{WORDS} and no address", enquiry_uid=known.enquiry
        ),
    )
    return known


@pytest.mark.parametrize("place", PLACES)
def test_outside_a_call_no_address_and_no_safe_number_stands_anywhere(
    desk: Desk, known: Known, place: str
) -> None:
    seen = str(PLACES[place](desk, known.enquiry))
    assert not [word for word in SENSITIVE if word in seen]


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_during_a_call_nothing_of_a_matter_stands_that_its_check_did_not_open(
    desk: Desk, known: Known, place: str, own: bool
) -> None:
    if own:
        call_from(desk, known)
    else:
        new_call(desk, new_matter(desk))
    seen = str(PLACES[place](desk, known.enquiry))
    assert not [word for word in (*SENSITIVE, *CONTENT) if word in seen]


def test_what_is_masked_is_shown_with_a_purpose(desk: Desk, known: Known) -> None:
    view = opening.refresh(desk, known.enquiry)
    (marker,) = view.markers
    (promise,) = promises.promises_of(desk, known.enquiry)
    assert (marker.safe_number, promise.safe_number) == (MASK, MASK)
    given = (marker.uid, promise.uid)
    read = [revealing.reveal(desk, revealing.Reveal(known.enquiry, uid, 1)) for uid in given]
    assert read == [SAFE, f"{SAID} · {SAFE}"]


def test_a_call_gives_its_matter_a_subject_without_its_numbers_and_the_note_keeps_them(desk):
    note = "vans, ring 01632 960491, 12 Mill Lane CM17 9AA, born 3 March 1981"
    done = quicklog.log_line(desk, quicklog.LineRequest(f"Janet Holt 07700 900111 ~ {note}"))
    bare = quicklog.log_line(desk, quicklog.LineRequest("Tom Wray 07700 900222"))
    for uid, about in ((done.enquiry_uid, "vans, ring …"), (bare.enquiry_uid, "Tom Wray …")):
        (row,) = lists.queue_rows(desk, [lists.key_of(desk, uid)])
        assert row.about == about
    assert note in opening.refresh(desk, done.enquiry_uid).timeline[0].words
    call = contacts.begin_contact(desk)
    contacts.save_note(desk, call.uid, "ring 01632 960491 about vans")
    contacts.end_contact(desk, call.uid)
    assert desk.store.one("SELECT 1 FROM enquiry WHERE subject = 'ring … about vans'")
