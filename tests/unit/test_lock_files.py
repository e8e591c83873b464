from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(name: str) -> dict[str, str]:
    found = (PIN.match(line) for line in (ROOT / name).read_text("utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", name, maxsplit=1)[0].lower() for name in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_pins_and_hashes_and_nothing_else(name: str):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    odd = [
        line for line in lines if not (line.startswith("#") or PIN.match(line) or HASH.match(line))
    ]
    assert odd == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_place_on_a_network_or_a_machine(name: str):
    assert not re.search(r"://|index|find-links|(?<![\w-])/\w", (ROOT / name).read_text("utf-8"))


def test_everything_the_program_names_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = named(project["project"]["dependencies"]) | named(project["build-system"]["requires"])
    tools = named(project["project"]["optional-dependencies"]["dev"])
    assert runtime <= pins("requirements.lock").keys()
    assert runtime | tools <= pins("requirements-dev.lock").keys()


def test_both_lock_files_hold_the_same_versions():
    runtime, tools = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime.items() <= tools.items()


def test_textual_is_pinned_exactly_and_alike():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert f"textual=={pins('requirements.lock')['textual']}" in project["project"]["dependencies"]


@pytest.mark.parametrize("marker", ["demo-command", "test-command"])
def test_the_readme_has_exactly_one_line_for_each_way_in(marker: str):
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(rf"<!-- {marker} -->\n```sh\n([^\n]+)\n```\n", readme)
    assert len(commands) == 1
    assert commands[0].startswith("python3 -m venv")
    assert "--require-hashes" in commands[0]
