from __future__ import annotations

import stat
from pathlib import Path

import pytest

from enquiry_tui.tui import themes
from enquiry_tui.tui.looks import Looks, LooksFile
from tests.tui.fakes import make_app


def kept_at(place: Path) -> LooksFile:
    return LooksFile(lambda: place)


def test_what_was_chosen_is_kept_in_a_private_file_without_a_name(tmp_path: Path):
    place = tmp_path / "config" / "looks"
    assert kept_at(place).keep(Looks(themes.THEMES[2].name, twins=True))
    assert kept_at(place).read() == Looks(themes.THEMES[2].name, twins=True)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert place.read_text() == f"colours = {themes.THEMES[2].name}\nkeys = ctrl\n"


@pytest.mark.parametrize(
    "body", [b"", b"\xff\x00 = \n", b"colours = nord\nkeys = maybe\n", b"x" * 5_000]
)
def test_a_file_that_is_not_ours_changes_nothing(tmp_path: Path, body: bytes):
    place = tmp_path / "looks"
    place.write_bytes(body)
    assert kept_at(place).read() == Looks()
    assert kept_at(tmp_path / "none").read() == Looks()


async def test_colours_and_keys_are_as_they_were_left(tmp_path: Path):
    place = tmp_path / "looks"
    app = make_app()
    app.keep_looks_in(kept_at(place))
    async with app.run_test():
        app.action_colours()
        app.action_twins()
    again = make_app()
    again.keep_looks_in(kept_at(place))
    async with again.run_test():
        assert again.theme == themes.after(themes.DEFAULT_THEME)
        assert again.twins


async def test_what_cannot_be_kept_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    app = make_app()
    app.keep_looks_in(kept_at(tmp_path / "file" / "looks"))
    async with app.run_test() as pilot:
        app.action_colours()
        await pilot.pause()
        assert any("holds until you leave" in str(note.message) for note in app._notifications)
