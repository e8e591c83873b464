from __future__ import annotations

from datetime import date

from enquiry_tui.desk import contacts, emergencies, enquiries, holds, people
from enquiry_tui.domain.holds import HoldKind
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.tui.widgets.entry import is_text_entry
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice
from tests.tui.desk_app import HOSTILE, DeskApp, desk_app, logged


def parking(office: TestOffice) -> str:
    done = logged(office, "letter Siân O'Brien 07700 900412 ~ parking at the school gates")[0]
    desk = office.sign_in(OFFICER)
    people.add_contact_point(desk, done.person_uid, "address", "4 Mill Lane, Harlow", "letter")
    enquiries.set_with(desk, done.enquiry_uid, "Estates")
    office.sign_out()
    office.clock.advance(seconds=60)  # a check compares only what was held before the call
    return str(done.enquiry_uid)


async def open_call(run: DeskApp, line: str = "26-1 chasing") -> None:
    await run.press("n")
    await run.type(line)
    await run.press("tab")
    assert run.name == "MatterScreen"


async def pass_check(run: DeskApp) -> None:
    word = (await run.rows("SELECT code_word FROM enquiry"))[0]["code_word"]
    await run.press("f3")
    await run.type(word)
    await run.press("enter")


async def form(run: DeskApp, **values: str) -> None:
    for name, value in values.items():
        run.screen.query_one(f"#f-{name}").value = value
    last = run.screen._fields[-1].id
    run.screen.query_one(f"#f-{last}").focus()
    await run.press("enter")


async def act(run: DeskApp, letter: str) -> None:
    if is_text_entry(run.app.focused):
        await run.press("escape")
    await run.press("a", letter)


async def test_without_a_call_the_history_has_the_room(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("enter")
        assert "26-1 OPEN · parking at the school gates" in run.text
        assert "ASKED" not in run.text and "NOTE" not in run.text
        assert "letter in" in run.text and "Estates" in run.text
        assert "4 Mill Lane" not in run.text, "whereabouts stay masked outside a call too"
        await run.press("escape")
        assert run.name == "DeskScreen"


async def test_enter_reads_the_log_of_an_urgent_call_and_escape_goes_back(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    urgent = emergencies.begin_urgent(desk)
    emergencies.set_place(desk, urgent.uid, "railway footbridge")
    emergencies.urgent_line(desk, urgent.uid, f"girl about 15 {HOSTILE}")
    emergencies.end_urgent(desk, urgent.uid, "help is with them")
    contacts.end_contact(desk, urgent.contact_uid)
    office.sign_out()
    async with desk_app(office) as run:
        await run.press("enter")
        assert "URGENT F9" in run.text and "railway" in run.text
        assert "girl about 15" not in run.text
        await run.press("enter")
        if "girl about 15" not in run.text:  # the call and its log begin in the same second
            await run.press("right")
        assert "girl about 15" in run.text and "\x1b" not in run.text
        await run.press("escape")
        assert run.name == "MatterScreen" and "girl about 15" not in run.text


async def test_every_entry_is_read_whole_and_a_note_is_amended_from_what_it_says(
    office: TestOffice,
) -> None:
    parking(office)
    long = "She says that on 3 November a man in a white van drove at the children. " * 6 + "END"
    async with desk_app(office) as run:
        await open_call(run, "26-1 x")
        await run.press("escape")
        run.screen.note.load_text(long)
        await run.press("f12", "enter")
        assert run.name == "MatterScreen" and "read entry" in run.text
        assert "END" not in run.text
        await run.press("enter")
        assert run.name == "EntryScreen" and "END" in run.text and "older" in run.text
        await run.press("right")
        assert "letter in" in run.text and "parking at the school gates" in run.text
        await run.press("left", "e", "2")
        assert run.name == "AmendScreen"
        assert run.screen.query_one("#f-note").text == long
        run.screen.query_one("#f-note").load_text("A man in a white van.")
        await run.press("tab")
        await run.type("too long")
        await run.press("enter")
        assert run.name == "MatterScreen"
        await run.press("enter")
        assert "A man in a white van." in run.text and "too long" in run.text
        assert "NOTE BEFORE" in run.text


async def test_an_entry_masked_in_a_call_is_masked_when_it_is_read_until_shown(
    office: TestOffice,
) -> None:
    parking(office)
    logged(office, "26-1 Siân O'Brien ~ says her neighbour is a burglar")
    office.clock.advance(seconds=60)
    async with desk_app(office) as run:
        await open_call(run, "26-1 again")
        await run.press("shift+tab", "shift+tab")
        assert run.app.focused is not None and run.app.focused.id == "timeline"
        await run.press("down", "enter")
        assert run.name == "EntryScreen" and "burglar" not in run.text and MASK in run.text
        await run.press("v", "1")
        assert run.name == "EntryScreen" and "burglar" in run.text
        shown = await run.rows("SELECT count(*) AS n FROM event WHERE action = 'enquiry.reveal'")
        assert shown[0]["n"] == 1


async def test_a_wrong_name_is_corrected_in_its_place(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("enter", "e", "7")
        assert run.screen.query_one("#f-name").value == "Siân O'Brien"
        await form(run, name="Sian O'Bryan?", why="typed wrong")
        assert "PERSON  Sian O'Bryan?" in run.text


async def test_opening_a_matter_leaves_one_consultation(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("enter")
        await act(run, "d")
        await form(run, day="10wd", why="asked for it")
        found = await run.rows("SELECT count(*) AS n FROM event WHERE action = 'enquiry.consult'")
        assert found[0]["n"] == 1


async def test_a_shut_gate_says_why_and_what_would_open_it(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        assert "own-progress SHUT: R:low F3" in run.text
        assert "own-personal SHUT: needs R:medium" in run.text
        assert "A code word would do." in run.text
        assert MASK in run.text and "chasing" not in run.text.split("NOTE")[0].split("PERSON")[0]
        assert run.app.focused is not None and run.app.focused.id == "note"


async def test_a_passed_check_puts_the_cursor_on_the_words_and_enter_tells(
    office: TestOffice,
) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await pass_check(run)
        assert run.name == "MatterScreen"
        assert run.app.focused is not None and run.app.focused.id == "asked"
        assert "RECOGNISED low" in run.text and "own-progress OPEN" in run.text
        assert "Your letter reached us on 24 November." in run.text
        await run.press("enter")
        lines = await run.rows("SELECT item, content, route, check_id FROM ledger")
        assert len(lines) == 2 and all(row["content"] and row["check_id"] for row in lines)
        assert "2 lines" in run.text and "✓ told" in run.text


async def test_words_said_otherwise_are_edited_first_and_recorded_so(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await pass_check(run)
        await run.press("e")
        first = run.screen._fields[0].id
        entry = run.screen.query_one(f"#f-{first}")
        entry.value = "We have had your letter."
        second = run.screen._fields[1].id
        run.screen.query_one(f"#f-{second}").value = ""
        run.screen.query_one(f"#f-{second}").focus()
        await run.press("enter")
        rows = await run.rows(
            "SELECT l.*, w.words FROM ledger AS l LEFT JOIN ledger_words AS w ON w.ledger_id = l.id"
        )
        assert [row["words"] for row in rows] == ["We have had your letter."]


async def test_another_question_that_is_never_is_refused_with_one_key(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await run.press("escape", "plus")
        await form(run, **{"class": "4", "words": "where he lives"})
        assert "where he lives" in run.text and "I don't say to anyone" in run.text
        await run.press("enter")
        line = (await run.rows("SELECT decision, info_class, content FROM ledger"))[0]
        assert tuple(line.values()) == ("refuse", "third-party", 0)


async def test_the_note_is_kept_as_a_draft_and_saved_when_left(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await run.type(" says a van nearly hit her")
        await run.app.drafts.flush()
        drafts = await run.rows("SELECT place, body FROM draft")
        assert [row["place"] for row in drafts] == ["note"] and "van" in drafts[0]["body"]
        await run.press("escape", "escape")
        await run.app.drafts.flush()
        assert run.name == "DeskScreen"
        assert "van" in (await run.rows("SELECT note FROM contact ORDER BY id DESC"))[0]["note"]
        assert await run.rows("SELECT * FROM draft") == []


async def test_enter_right_after_the_end_opens_the_matter_that_has_ended(
    office: TestOffice,
) -> None:
    logged(office, *(f"Rita Moss {at} ~ noise {at}" for at in range(3)))
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Kay Dunn 07700 900412 ~ a question for the press office")
        await run.press("f4")
        opened = run.screen.contact_uid
        await run.pilot.press("f12", "enter")
        await run.settle()
        assert run.name == "MatterScreen"
        sql = "SELECT e.uid FROM contact k JOIN enquiry e ON e.id = k.enquiry_id WHERE k.uid = ?"
        assert run.screen.enquiry_uid == (await run.rows(sql, opened))[0]["uid"]


async def test_an_act_on_a_person_names_the_person(office: TestOffice) -> None:
    logged(office, "Kay Dunn 07700 900412 ~ a question")
    async with desk_app(office) as run:
        await run.press("enter")
        for action in ("set_marker", "add_point"):
            await run.app.run_action(f"screen.{action}")
            await run.settle()
            assert "of Kay Dunn, enquirer" in run.text or "on Kay Dunn, enquirer" in run.text
            await run.press("escape")


async def test_a_matter_closed_from_today_leaves_the_officer_in_today(office: TestOffice) -> None:
    logged(office, "Rita Moss ~ noise", "Tom Bright ~ noise too")
    async with desk_app(office) as run:
        await run.press("enter")
        uid = run.screen.enquiry_uid
        await run.ask(enquiries.close_enquiry, uid, "answered")
        await run.press("escape")
        assert run.screen.queue == "today"


async def test_f12_ends_saves_and_goes_back_to_the_row(office: TestOffice) -> None:
    uid = parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await run.type(" more to say")
        await run.press("f12")
        assert run.name == "DeskScreen" and "ended and saved" in run.foot
        row = (await run.rows("SELECT * FROM contact ORDER BY id DESC"))[0]
        assert row["state"] == "ended" and row["note"].endswith("more to say")
        assert run.screen.rows.current.uid == uid
        await run.press("d")
        row = (await run.rows("SELECT * FROM contact ORDER BY id DESC"))[0]
        assert row["how_ended"] == "dropped"


async def test_on_another_row_the_keys_ask_this_call_or_that_row(office: TestOffice) -> None:
    parking(office)
    logged(office, "Tom Bright ~ FOI")
    async with desk_app(office) as run:
        await open_call(run)
        call = run.app.live.talking
        assert call is not None
        await run.press("escape", "escape")
        other = await run.ask(enquiries.find_reference, "26-2")
        run.screen.do(run.screen.open_row(other))
        await run.settle()
        await run.press("f3")
        assert run.name == "AskScreen" and "This call or that row?" in run.text
        await run.press("c")
        assert run.name == "IdentityScreen"
        assert run.screen.contact_uid == call.uid


async def test_someone_with_them_shuts_all_but_public(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await pass_check(run)
        await run.press("w")
        assert "SOMEONE WITH THEM" in run.text
        assert "own-progress OPEN" not in run.text
        await run.press("w")
        assert "own-progress OPEN" in run.text


async def test_a_masked_thing_is_shown_for_a_purpose_on_the_record(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("enter", "v")
        await run.press("1")
        assert "4 Mill Lane" in run.text
        found = await run.rows("SELECT purpose FROM event WHERE action = 'enquiry.reveal'")
        assert [row["purpose"] for row in found] == ["to deal with this contact"]


async def test_what_was_shown_is_masked_again_when_a_caller_comes_to_the_matter(
    office: TestOffice,
) -> None:
    uid = parking(office)
    async with desk_app(office) as run:
        await open_call(run, "Ryan Pell ~ asks where she lives")
        await run.press("escape", "escape")
        run.screen.do(run.screen.open_row(uid))
        await run.settle()
        await run.press("v", "2", "1")
        assert "4 Mill Lane" in run.text
        await run.press("f3", "a", "escape")
        assert run.name == "MatterScreen" and "Pell" in run.text
        assert "4 Mill Lane" not in run.text


async def test_a_marker_is_set_shown_in_words_and_errors_stand_in_place(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("enter")
        await act(run, "m")
        await form(run, kind="7", line="", why="asked")
        assert run.name == "PromptScreen" and "one line and a reason" in run.text
        await run.press("escape")
        await act(run, "m")
        assert run.screen.query_one("#f-why").value == "asked", "nothing typed is lost"
        await form(run, line="named contact J Patel, Tuesdays")
        assert "PLAN: named contact J Patel, Tuesdays" in run.text


async def test_a_safe_number_stands_masked_in_the_plan_until_it_is_shown(
    office: TestOffice,
) -> None:
    uid = parking(office)
    desk = office.sign_in(OFFICER)
    person = desk.store.one("SELECT uid FROM person")
    assert person is not None
    people.set_marker(
        desk,
        people.NewMarker(
            MarkerKind.SAFE_CONTACT_ONLY,
            "safe number only",
            "asked",
            date(2027, 3, 3),
            person_uid=str(person["uid"]),
            safe_number="07700 900111",
        ),
    )
    office.sign_out()
    async with desk_app(office) as run:
        await run.press("enter")
        assert f"safe number only · safe number {MASK} (v). Rev 3 Mar" in run.text
        await run.press("v", "2", "1")
        assert "safe number only · safe number 07700 900111. Rev 3 Mar" in run.text
        shown = await run.rows("SELECT action FROM event ORDER BY seq DESC LIMIT 1")
        assert shown[0]["action"] == "enquiry.reveal"
        assert uid


async def test_closing_names_what_stands_open_and_then_closes(office: TestOffice) -> None:
    uid = parking(office)
    leader = office.sign_in(SUPERVISOR)
    holds.place_hold(leader, uid, HoldKind.LITIGATION, "letter before claim")
    async with desk_app(office, SUPERVISOR) as run:
        await run.press("enter")
        await act(run, "c")
        assert "a litigation hold stands" in run.text
        await form(run, why="answered")
        assert run.name == "PromptScreen" and "cannot be closed yet" in run.text
        await run.press("escape")
        await act(run, "y")
        await run.press("l")
        await form(run, why="they withdrew the claim")
        await act(run, "r")
        await form(run, **{"class": "mopi-2", "why": "names an offender"})
        assert "none · RETAIN MoPI 2" in run.text
        await act(run, "c")
        await form(run, why="answered")
        assert "26-1 CLOSED" in run.text
        await act(run, "c")
        await form(run, why="rang again")
        assert "26-1 OPEN" in run.text


async def test_somebody_unlinked_is_linked_later(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Sian Obrien about noise")
        await run.press("enter")
        assert "not linked, 1 possible" in run.foot
        await run.press("enter", "P")
        assert "Siân O'Brien" in run.text
        await run.press("1")
        assert "PERSON  Siân O'Brien" in run.text
        assert (await run.rows("SELECT sum(possible) AS n FROM contact"))[0]["n"] == 0


async def test_waiting_sent_with_and_code_word_change_what_is_shown(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        before = (await run.rows("SELECT code_word FROM enquiry"))[0]["code_word"]
        await run.press("enter")
        await act(run, "n")
        await form(run, whom="PSD", until="")
        assert "26-1 WAITING PSD" in run.text
        await act(run, "s")
        await form(run, kind="2", what="")
        assert "sent" in run.text and "acknowledgement, 24 Nov" in run.text
        await act(run, "u")
        await form(run, unit="Roads")
        assert "Roads, since 24 Nov" in run.text
        await act(run, "k")
        await run.press("y")
        assert (await run.rows("SELECT code_word FROM enquiry"))[0]["code_word"] != before


async def test_hostile_text_is_only_text_on_a_matter(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await open_call(run, f"Janet Holt ~ {HOSTILE}")
        await run.type(HOSTILE)
        await act(run, "u")
        await form(run, unit=HOSTILE)
        await run.press("e", "1")
        await form(run, subject=HOSTILE, theirs=HOSTILE, why=HOSTILE)
        await run.press("escape", "plus")
        if run.name == "PromptScreen":
            await form(run, **{"class": "4", "words": HOSTILE})
        assert "\x1b" not in run.text and "\u202e" not in run.text
        await run.press("escape", "escape")
        assert run.name in {"DeskScreen", "MatterScreen"}


async def test_a_contact_is_struck_moved_and_unlinked_with_a_reason(office: TestOffice) -> None:
    parking(office)
    logged(office, "Tom Bright ~ FOI")
    async with desk_app(office) as run:
        run.screen.do(run.screen.open_row(await run.ask(enquiries.find_reference, "26-1")))
        await run.settle()
        await run.press("e", "5")
        await form(run, why="wrong person")
        assert "not linked" in run.text
        await run.press("e", "3")
        await form(run, to="26-2", why="belongs there")
        rows = await run.rows("SELECT enquiry_id, moved_from FROM contact ORDER BY id LIMIT 1")
        assert tuple(rows[0].values()) == (2, 1)
        run.screen.step_back()
        await run.settle()
        run.screen.do(run.screen.open_row(await run.ask(enquiries.find_reference, "26-2")))
        await run.settle()
        await run.press("e", "4")
        await form(run, contact="1", why="entered twice")
        struck = await run.rows("SELECT struck_why FROM contact WHERE struck_at IS NOT NULL")
        assert [row["struck_why"] for row in struck] == ["entered twice"]


async def test_a_matter_is_brought_forward_and_done(office: TestOffice) -> None:
    parking(office)
    async with desk_app(office) as run:
        await run.press("enter")
        await act(run, "h")
        await form(run, day="fri", why="see if Estates answered")
        rows = await run.rows("SELECT on_day, state FROM bring_forward")
        assert tuple(rows[0].values()) == ("2026-11-27", "open")
        await act(run, "h")
        await run.press("1")
        assert (await run.rows("SELECT state FROM bring_forward"))[0]["state"] == "done"


async def test_an_unfinished_complaint_is_said_at_the_end_and_goes_on_from_its_row(
    office: TestOffice,
) -> None:
    parking(office)
    async with desk_app(office) as run:
        await open_call(run)
        await run.press("f6", "2")
        run.screen.query_one("#when").value = "Monday at the counter"
        await run.press("f12")
        assert run.name == "DeskScreen"
        assert "UNFINISHED: complaint (F6 on it)" in run.foot
        await run.press("enter", "f6")
        assert run.name == "ComplaintScreen"
        assert "Monday at the counter" in run.text
