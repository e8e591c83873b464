from __future__ import annotations

from textual.geometry import Region
from textual.widgets._toast import Toast

from enquiry_tui.tui import others
from enquiry_tui.tui.safe import toast
from tests.desk.offices import TestOffice
from tests.tui.desk_app import DeskApp, desk_app

LONG = "Not saved yet: the disk is full. What was typed is kept, and saved as soon as it can be."


async def under_messages(run: DeskApp) -> tuple[set[int], str]:
    """The lines over which short messages lie, and the words that are seen of them."""
    for number in range(4):
        toast(run.app, f"{number} {LONG}", title="Draft", tone="warning")
    seen: list[Region] = []
    for _ in range(20):  # they are laid out with one of the next refreshes
        await run.pilot.pause()
        shown = run.screen._compositor.visible_widgets
        seen = [
            clip.intersection(at) for each, (at, clip) in shown.items() if isinstance(each, Toast)
        ]
    words = run.text
    run.app.clear_notifications()
    await run.pilot.pause()
    return {row for region in seen for row in range(region.y, region.bottom)}, words


async def test_no_short_message_lies_over_a_live_call_its_plan_the_gate_or_the_urgent_card(
    office: TestOffice,
):
    async with desk_app(office, messages=True) as run:
        lines, _ = await under_messages(run)
        assert lines and not lines & {0, 1, 2, *range(17, 24)}
        await run.press("n")
        await run.type("Vera Stone ~ vans")
        await run.press("tab")
        assert run.name == "MatterScreen"
        lines, words = await under_messages(run)
        assert lines and not lines & {0, 1, 2, 3, 4, *range(14, 24)}
        assert "3 Not saved" in words and "2 Not saved" not in words
        for key, name in (("f4", "Say"), ("f3", "Identity")):
            await run.press(key)
            assert run.name == f"{name}Screen"
            lines, words = await under_messages(run)
            assert lines and lines <= {22, 23}
            assert "3 Not saved" in words and "2 Not saved" not in words
        await run.press("f9")
        assert run.name == "UrgentCardScreen"
        lines, _ = await under_messages(run)
        assert not lines
        await run.press("escape")
        run.app.urgent_screen = lambda: others.make("urgent")
        await run.press("f9", "b")
        for key, name in (("", "Urgent"), ("f12", "Prompt")):
            await run.press(*filter(None, (key,)))
            assert run.name == f"{name}Screen"
            lines, _ = await under_messages(run)
            assert not lines
