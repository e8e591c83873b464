from __future__ import annotations

import hashlib
import os
import stat

import pytest

from enquiry_tui.documents import deliver
from enquiry_tui.documents.deliver import CannotDeliver, FileExists, prepare

DATA = b"a summary" * 1000


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_nothing_bears_the_name_before_commit(tmp_path):
    target = tmp_path / "a.pdf"
    ready = prepare(target, DATA)
    assert not target.exists()
    assert len(names(tmp_path)) == 1
    assert ready.sha256 == hashlib.sha256(DATA).hexdigest()
    assert ready.commit() == target
    assert target.read_bytes() == DATA
    assert names(tmp_path) == ["a.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_the_file_is_for_its_owner_only_from_the_first_byte(tmp_path):
    ready = prepare(tmp_path / "a.pdf", DATA)
    assert stat.S_IMODE(ready.temporary.stat().st_mode) == 0o600
    assert stat.S_IMODE(ready.commit().stat().st_mode) == 0o600


def test_discarding_leaves_nothing_and_may_be_said_twice(tmp_path):
    ready = prepare(tmp_path / "a.pdf", DATA)
    ready.discard()
    ready.discard()
    assert names(tmp_path) == []


def test_a_file_that_exists_is_refused_before_anything_is_written(tmp_path):
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(FileExists) as refusal:
        prepare(target, DATA)
    assert "--force" in refusal.value.hint
    assert names(tmp_path) == ["a.pdf"]
    assert target.read_bytes() == b"old"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path):
    target = tmp_path / "a.pdf"
    ready = prepare(target, DATA)
    target.write_bytes(b"somebody else's")
    with pytest.raises(FileExists):
        ready.commit()
    assert target.read_bytes() == b"somebody else's"
    assert names(tmp_path) == ["a.pdf"]


def test_force_replaces_a_file(tmp_path):
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    prepare(target, DATA, force=True).commit()
    assert target.read_bytes() == DATA


def test_force_replaces_a_link_and_never_what_it_points_to(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    target = tmp_path / "a.pdf"
    target.symlink_to(victim)
    with pytest.raises(FileExists):
        prepare(target, DATA)
    prepare(target, DATA, force=True).commit()
    assert victim.read_bytes() == b"precious"
    assert not target.is_symlink()
    assert target.read_bytes() == DATA


def test_a_dangling_link_counts_as_there(tmp_path):
    target = tmp_path / "a.pdf"
    target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExists):
        prepare(target, DATA)
    assert not (tmp_path / "nowhere").exists()


def test_a_missing_folder_a_file_for_a_folder_and_a_folder_for_a_file_are_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "none" / "a", tmp_path / "file" / "a", tmp_path / "folder"):
        with pytest.raises(CannotDeliver) as refusal:
            prepare(target, DATA, force=True)
        assert refusal.value.hint
    with pytest.raises(CannotDeliver):
        prepare(tmp_path / "a\0b", DATA)
    with pytest.raises(CannotDeliver):
        prepare(tmp_path / ("n" * 300), DATA)


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
@pytest.mark.parametrize(("mode", "refused"), [(0o770, True), (0o707, True), (0o1777, False)])
def test_a_folder_that_others_may_change_is_refused_unless_sticky(tmp_path, mode, refused):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(mode)
    if refused:
        with pytest.raises(CannotDeliver, match="Others may write"):
            prepare(folder / "a.pdf", DATA)
        assert names(folder) == []
    else:
        prepare(folder / "a.pdf", DATA).commit()


@pytest.mark.skipif(os.name == "nt", reason="links are POSIX")
def test_a_stick_without_links_still_takes_the_file(tmp_path, monkeypatch):
    def no_link(*_args, **_kwargs):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    target = tmp_path / "a.pdf"
    prepare(target, DATA).commit()
    assert target.read_bytes() == DATA
    ready = prepare(tmp_path / "b.pdf", DATA)
    (tmp_path / "b.pdf").write_bytes(b"there")
    with pytest.raises(FileExists):
        ready.commit()
    assert (tmp_path / "b.pdf").read_bytes() == b"there"


def test_a_full_disk_says_so_without_a_path(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device", str(tmp_path))

    monkeypatch.setattr(deliver, "create_exclusive_from", full)
    with pytest.raises(CannotDeliver) as refusal:
        prepare(tmp_path / "a.pdf", DATA)
    assert "No space left" in refusal.value.title
    assert str(tmp_path) not in refusal.value.title


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in the file system are POSIX")
@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_or_a_device_is_never_replaced(tmp_path, force):
    target = tmp_path / "pipe"
    os.mkfifo(target)
    with pytest.raises(CannotDeliver):
        prepare(target, DATA, force=force)
    assert stat.S_ISFIFO(target.lstat().st_mode)
    assert names(tmp_path) == ["pipe"]
