from __future__ import annotations

from datetime import date

import pytest
from textual import events

from enquiry_tui.desk import enquiries, lists, people
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.tui import others
from enquiry_tui.tui.screens.desk_rows import columns, preview_width
from enquiry_tui.tui.screens.urgent import UrgentScreen
from enquiry_tui.tui.widgets.queues import QueueList
from tests.desk.offices import OFFICER, SECOND, TestOffice
from tests.tui.desk_app import HOSTILE, desk_app, logged


async def test_the_desk_shows_rows_queues_and_where_the_row_stands(office: TestOffice) -> None:
    one, *_ = logged(office, "Janet Holt ~ worry about parking", "Tom Bright due:5wd ~ FOI Taser")
    async with desk_app(office) as run:
        assert "Janet Holt" in run.text and "worry about" in run.text
        assert "1>Today         2" in run.text
        assert "5wd LEFT" in run.text
        assert "26-" in run.foot
        await run.press("down")
        assert one.reference.endswith(run.foot.split()[0].split("-")[1])


async def test_a_digit_opens_a_queue_and_m_shows_only_mine(office: TestOffice) -> None:
    logged(office, "Janet Holt cb:17:00 ~ worry")
    logged(office, "Tom Bright cb:18:00 ~ FOI", handle=SECOND)
    async with desk_app(office) as run:
        await run.press("2")
        assert "PROMISE 17:00" in run.text and "PROMISE 18:00" in run.text
        await run.press("m")
        assert "PROMISE 18:00" not in run.text
        assert run.screen.query_one(QueueList)._counts["promises"] == "1"


async def test_an_empty_queue_shows_nothing_of_the_row_before(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ worry")
    async with desk_app(office, size=(140, 40)) as run:
        assert "Enter opens it." in run.text and "26-" in run.foot
        await run.press("2")
        assert "Nothing here" in run.text
        assert "Enter opens it." not in run.text and run.foot.strip() == ""


async def test_a_list_that_rested_or_was_opened_leaves_one_event(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ worry")
    async with desk_app(office) as run:
        sql = "SELECT count(*) AS n FROM event WHERE action = 'enquiry.list'"
        run.screen.note_request()
        run.screen.note_request()
        await run.settle()
        assert (await run.rows(sql))[0]["n"] == 1
        await run.press("2")
        run.screen.note_request()
        await run.settle()
        assert (await run.rows(sql))[0]["n"] == 2


async def test_n_begins_a_call_at_once_with_start_and_officer(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        row = (await run.rows("SELECT * FROM contact"))[0]
        assert row["state"] == "talking" and row["officer_uid"] == office.uids[OFFICER]
        assert "CALL 00:00" in run.text and "NOT CHECKED" in run.text


async def test_a_call_with_nothing_typed_was_none(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n", "escape")
        row = (await run.rows("SELECT * FROM contact"))[0]
        assert row["state"] == "ended" and row["how_ended"] == "abandoned"
        assert (await run.rows("SELECT count(*) AS n FROM enquiry"))[0]["n"] == 0
        assert run.app.live.talking is None


async def test_what_was_understood_is_said_back_while_it_is_typed(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt 07700 900111 >chief ~ about the invitation")
        assert "who Janet Holt" in run.foot
        assert "message for chief" in run.foot
        assert "note about the invitation" in run.foot


async def test_enter_logs_ends_and_says_reference_and_code_word(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ about the invitation")
        await run.press("enter")
        matter = (await run.rows("SELECT * FROM enquiry"))[0]
        assert f"26-{matter['number']} logged · code word {matter['code_word']}" in run.foot
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"
        assert run.app.live.talking is None
        current = run.screen.rows.current
        assert current is not None and current.uid == matter["uid"]


async def test_one_letter_says_how_the_call_ended(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ line went dead")
        await run.press("enter", "d")
        assert (await run.rows("SELECT how_ended FROM contact"))[0]["how_ended"] == "dropped"
        run.screen.settle()
        await run.settle()
        assert "code word" in run.foot and "With this office" in run.foot
        await run.press("h")
        assert (await run.rows("SELECT how_ended FROM contact"))[0]["how_ended"] == "dropped"


async def test_in_the_line_no_letter_says_how_the_last_call_ended(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("first")
        await run.press("enter")
        assert "d dropped" in run.foot
        await run.press("n")
        assert "logged" in run.foot and "d dropped" not in run.foot
        await run.press("escape", "d")
        assert (await run.rows("SELECT how_ended FROM contact"))[0]["how_ended"] != "dropped"


async def test_a_name_suggests_people_and_enter_takes_person_and_matter(
    office: TestOffice,
) -> None:
    first = logged(office, "Siân O'Brien ~ parking")[0]
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Sian Obrien chasing her letter")
        assert "Siân O'Brien" in run.text.split("────")[-1]
        assert "↓ pick person/matter" in run.text
        await run.press("down", "enter")
        await run.press("enter")
        rows = await run.rows(
            "SELECT e.uid FROM contact AS c JOIN enquiry AS e ON e.id = c.enquiry_id ORDER BY c.id"
        )
        assert [row["uid"] for row in rows] == [first.enquiry_uid, first.enquiry_uid]


async def test_n_on_a_suggestion_takes_the_person_with_a_new_matter(office: TestOffice) -> None:
    first = logged(office, "Siân O'Brien ~ parking")[0]
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Sian Obrien about noise")
        await run.press("down", "n", "enter")
        rows = await run.rows("SELECT person_id, enquiry_id FROM contact ORDER BY id")
        assert rows[0]["person_id"] == rows[1]["person_id"]
        assert rows[0]["enquiry_id"] != rows[1]["enquiry_id"]
        assert first.person_uid


async def test_a_pick_is_dropped_when_the_name_changes(office: TestOffice) -> None:
    logged(office, "Siân O'Brien ~ parking")
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Sian Obrien rang")
        await run.press("down", "enter")
        run.screen.line.value = "Derek Mottram rang"
        await run.settle()
        await run.say_back()
        await run.press("enter")
        rows = await run.rows("SELECT person_id FROM contact ORDER BY id")
        assert rows[1]["person_id"] != rows[0]["person_id"]


async def test_nobody_is_suggested_for_a_name_inside_the_note(office: TestOffice) -> None:
    logged(office, "Ryan Pell ~ parking")
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ asks where Ryan Pell lives")
        assert not run.screen.query_one("#people").display


async def test_a_closed_matter_asks_before_anything_is_logged(office: TestOffice) -> None:
    first = logged(office, "Siân O'Brien ~ parking")[0]
    desk = office.sign_in(OFFICER)
    enquiries.close_enquiry(desk, first.enquiry_uid, "answered")
    office.sign_out()
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("26-1 again about the parking")
        await run.press("enter")
        assert run.name == "AskScreen" and "closed" in run.text
        await run.press("escape")
        assert run.screen.line.value.startswith("26-1"), "nothing typed is lost"
        await run.press("enter", "n")
        links = await run.rows("SELECT kind FROM link")
        assert [row["kind"] for row in links] == ["follows"]


async def test_escape_keeps_the_line_as_a_draft_and_n_goes_on_with_it(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ half a sen")
        await run.press("escape")
        assert run.app.live.talking is not None
        await run.app.drafts.flush()
        assert len(await run.rows("SELECT * FROM draft")) == 1
        await run.press("n")
        assert run.screen.line.value == "Janet Holt ~ half a sen"
        await run.press("enter")
        await run.app.drafts.flush()
        assert await run.rows("SELECT * FROM draft") == []


async def test_a_draft_left_behind_is_offered_and_stands_in_unfinished(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ half a sentence")
        await run.app.drafts.flush()
        run.app.live.clear()
    async with desk_app(office) as run:
        assert "draft of 14:00: Enter to go on" in run.text
        assert run.app.live.talking is not None, "the call of before is taken up"
        await run.press("6")
        assert "DRAFT 14:00" in run.text and "half a" in run.text
        await run.press("enter")
        assert run.screen.line.value == "Janet Holt ~ half a sentence"
        await run.press("enter")
        assert len(await run.rows("SELECT * FROM contact")) == 1


async def test_a_letter_typed_on_the_line_is_no_call(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("letter Janet Holt ~ thanks")
        await run.press("enter")
        rows = await run.rows("SELECT channel, how_ended FROM contact ORDER BY id")
        assert [tuple(row.values()) for row in rows] == [
            ("telephone", "abandoned"),
            ("letter", "ended"),
        ]


async def test_the_visitor_view_shows_references_and_states_only(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ worry about parking")
    async with desk_app(office) as run:
        await run.press("V")
        assert "26-1" in run.text and "open" in run.text
        assert "Holt" not in run.text and "parking" not in run.text
        await run.press("enter", "slash", "p")
        assert run.name == "DeskScreen"
        await run.press("V")
        assert "Holt" in run.text


async def test_o_takes_and_gives_the_matter_of_the_row(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ worry")
    async with desk_app(office) as run:
        await run.press("o")
        assert "give it to Jaya Patel" in run.text
        option = next(o for o in run.screen._options if "Patel" in o.words)
        await run.press(option.key)
        assert (await run.rows("SELECT owner FROM enquiry"))[0]["owner"] == office.uids[SECOND]


async def test_a_quick_enter_shows_who_is_held_before_it_links_nobody(office: TestOffice) -> None:
    logged(office, "Queenie Larkin 07700 900412 ~ the swans")
    async with desk_app(office) as run:
        await run.press("tab", "tab")
        assert not await run.rows("SELECT * FROM contact WHERE state <> 'ended'")
        await run.press("n")
        run.screen.line.value = "Queenie Larkin ~ the swans again"
        await run.press("enter")
        assert "held already?" in run.foot and len(await run.rows("SELECT uid FROM enquiry")) == 1
        await run.press("down")
        assert "Enter take person+matter" in run.text and "save+end" not in run.text
        await run.press("escape", "enter")
        assert "not linked, 1 possible" in run.foot
        assert len(await run.rows("SELECT uid FROM enquiry")) == 2


async def test_the_bar_of_a_first_call_says_the_code_word_to_tell(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ worry about parking")
        await run.press("tab")
        assert run.name == "MatterScreen"
        word = (await run.rows("SELECT code_word FROM enquiry"))[0]["code_word"]
        assert f"word {word}" in run.text


async def test_hostile_text_is_only_text_on_the_desk(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type(f"Janet Holt ~ {HOSTILE}")
        await run.press("enter")
        assert "\x1b" not in run.text and "\u202e" not in run.text
        assert "[/]" in run.text
        await run.press("6", "1", "escape")
        assert run.name == "DeskScreen"


async def test_at_a_hundred_columns_a_preview_shows_no_personal_field(office: TestOffice) -> None:
    logged(office, "Janet Holt 07700 900111 due:5wd ~ worry")
    async with desk_app(office, size=(120, 40)) as run:
        preview = str(run.screen.query_one("#preview-text").render())
        assert "26-1" in preview and "5wd LEFT" in preview
        assert "Holt" not in preview and "900" not in preview


async def test_a_wider_screen_never_leaves_less_room_for_what_it_is_about() -> None:
    def room(width: int) -> int:
        cells = columns(width)
        return width - 18 - preview_width(width) - sum(c.width for c in cells) - len(cells)

    shares = [room(width) for width in range(80, 200)]
    assert min(shares) == shares[0] >= 12


async def test_two_exclamation_marks_are_urgent_harm(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("!!")
        assert "URGENT" in run.text


async def test_what_stood_on_the_line_goes_into_the_urgent_call(office: TestOffice) -> None:
    logged(office, "Janet Holt 07700 900111 ~ worry")
    async with desk_app(office) as run:
        run.app.urgent_screen = lambda: others.make("urgent")
        await run.press("n")
        await run.type("07700 900111 ~ quiet, on a bridge")
        await run.press("f9")
        await run.type("footbridge")
        await run.press("enter")
        words = [row["words"] for row in await run.rows("SELECT words FROM urgent_line")]
        assert "07700 900111 ~ quiet, on a bridge" in words
        assert "known: 1 record" in run.text
        await run.press("f12", "enter", "enter", "1", *["enter"] * 3)
        assert run.name == "DeskScreen"
        assert run.screen.line.value == ""
        assert await run.rows("SELECT * FROM draft") == []
        await run.press("n")
        await run.type("Ola Bremner ~ lost her purse")
        await run.press("enter")
        states = await run.rows("SELECT state FROM contact ORDER BY id DESC LIMIT 2")
        assert [row["state"] for row in states] == ["ended", "ended"]
        assert len(await run.rows("SELECT * FROM enquiry")) == 3


async def test_two_lines_at_once_keep_their_words_apart(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ first")
        await run.press("f2")
        assert run.screen.line.value == ""
        await run.type("Tom Bright ~ second")
        await run.press("f2")
        assert run.screen.line.value == "Janet Holt ~ first"
        await run.press("enter")
        await run.press("f2")
        assert run.screen.line.value == "Tom Bright ~ second"
        await run.press("enter")
        rows = await run.rows("SELECT line, state FROM contact ORDER BY id")
        assert [row["line"] for row in rows] == ["Janet Holt ~ first", "Tom Bright ~ second"]
        assert {row["state"] for row in rows} == {"ended"}


async def test_the_two_lines_say_that_a_safe_number_stands_and_mask_it(office: TestOffice) -> None:
    first = logged(office, "Janet Holt ~ worry")[0]
    desk = office.sign_in(OFFICER)
    people.set_marker(
        desk,
        people.NewMarker(
            MarkerKind.SAFE_CONTACT_ONLY,
            "SAFE NUMBER ONLY after 16:00 · no voicemail",
            "listened to",
            date(2027, 3, 3),
            person_uid=first.person_uid,
            safe_number="07700 900111",
        ),
    )
    office.sign_out()
    async with desk_app(office) as run:
        assert f"safe number {MASK}" in run.text and "900111" not in run.text


async def test_the_call_line_and_a_plan_stay_on_a_screen_of_ten_lines(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ worry")
    async with desk_app(office, size=(40, 10)) as run:
        assert "n who rang" in run.text and "26-1 Janet Holt" in run.text
        assert run.screen.rows.size.height >= 3
        await run.press("n")
        await run.type("vans")
        assert "n vans" in run.text and "note vans" in run.text


async def test_a_long_queue_is_read_in_slices(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "SLICE", 2)
    logged(office, *[f"Caller {number} ~ vans" for number in range(5)])
    async with desk_app(office) as run:
        run.screen.open_queue("everything")
        await run.settle()
        assert run.screen.rows.total == 5
        assert all(f"Caller {number}" in run.text for number in range(5))


async def test_what_a_full_line_does_not_take_is_said(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        run.app.post_message(events.Paste("much\n" * 1000))
        await run.press("x")
        told = [item.message for item in run.app._notifications]
        assert any(words.startswith("999 characters were not taken") for words in told)


async def test_an_urgent_call_on_hold_says_so_and_f2_comes_back_to_its_screen(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        run.app.urgent_screen = UrgentScreen
        await run.press("n", "f9")
        await run.type("railway footbridge")
        await run.press("f2")
        assert run.name == "DeskScreen" and "URGENT F2" in run.text.split("F9 URGENT")[0]
        (row,) = await run.rows("SELECT place FROM urgent")
        assert row["place"] == "railway footbridge"
        await run.press("f2")
        assert run.name == "UrgentScreen" and "railway footbridge" in run.text
        await run.press("escape", "escape")
        assert run.name == "DeskScreen" and "URGENT nobody named yet" in run.text
        await run.press("f12")
        assert run.name == "UrgentScreen"
        (row,) = await run.rows("SELECT ended_at FROM urgent")
        assert row["ended_at"] is None
