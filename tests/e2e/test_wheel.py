from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import enquiry_tui

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    litter = {ROOT / "dist", ROOT / "build"}
    before = {path for path in litter if path.exists()}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=50,
    )
    assert {path for path in litter if path.exists()} == before
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_every_migration_ships_inside_the_wheel(wheel: set[str]):
    wanted = {f"enquiry_tui/schema/{path.name}" for path in (ROOT / "schema").glob("*.sql")}
    assert wanted
    assert wanted <= wheel


def test_everything_of_the_package_ships_inside_the_wheel(wheel: set[str]):
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for kind in ("*.py", "*.tcss", "*.toml", "*.ttf", "*.typed", "*.eml", "*.txt")
        for path in source.rglob(kind)
    }
    assert {"enquiry_tui/py.typed", "enquiry_tui/__main__.py"} <= wanted
    assert wanted <= wheel


def test_the_wheel_holds_the_package_and_its_papers_only(wheel: set[str]):
    papers = f"enquiry_tui-{enquiry_tui.__version__}.dist-info"
    assert {name.split("/")[0] for name in wheel} == {"enquiry_tui", papers}
    assert f"{papers}/licenses/LICENSE" in wheel
    assert not [name for name in wheel if "__pycache__" in name]


def test_the_wheel_starts_the_program_by_its_name(built: Path):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        papers = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert b"enquiry-tui = enquiry_tui.__main__:main" in archive.read(papers)


def test_the_source_archive_can_be_built_and_tested_from(built: Path):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    wanted = {
        "pyproject.toml",
        "requirements.lock",
        "requirements-dev.lock",
        "README.md",
        ".ci/run",
        "src/enquiry_tui/__main__.py",
        "tests/e2e/test_wheel.py",
    }
    assert wanted <= names


def test_the_wheel_runs_from_where_there_is_no_checkout(built: Path, tmp_path: Path):
    folder = tmp_path / "site"
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        archive.extractall(folder)
    program = (
        f"import sys; sys.path.insert(0, {str(folder)!r}); sys.argv[1:] = ['--version']\n"
        "import enquiry_tui.__main__ as entry\n"
        f"assert entry.__file__.startswith({str(folder)!r})\n"
        "sys.exit(entry.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout == f"enquiry-tui {enquiry_tui.__version__}\n"
