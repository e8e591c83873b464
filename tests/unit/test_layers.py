from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import enquiry_tui

PACKAGE = Path(enquiry_tui.__file__).parent
HEAVY = {"textual", "sqlcipher3", "argon2", "cryptography", "pydantic", "rich", "fpdf"}
BARE = {"argon2", "sqlcipher3", "cryptography", "fpdf", "pydantic"}


def loaded_by(code: str, *blocked: str) -> set[str]:
    program = (
        "import sys\n"
        f"for name in {blocked!r}: sys.modules[name] = None\n"
        f"{code}\n"
        "import json\n"
        "print(json.dumps([name for name, module in sys.modules.items() if module is not None]))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def importing(*modules: str) -> str:
    return "\n".join(f"import {module}" for module in modules)


def modules_of(layer: str) -> list[str]:
    return sorted(
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in (PACKAGE / layer).rglob("*.py")
    )


def test_the_command_line_loads_nothing_heavy_before_a_command_is_chosen():
    loaded = loaded_by(importing("enquiry_tui.__main__", "enquiry_tui.cli", "enquiry_tui.cli.app"))
    assert not loaded & HEAVY


def test_the_command_line_loads_few_modules_before_a_command_is_chosen():
    loaded = loaded_by(importing("enquiry_tui.__main__", "enquiry_tui.cli.app"))
    bare = loaded_by(importing("click", "platformdirs", "ctypes"))
    assert len(loaded - bare) <= 30


def test_no_command_module_loads_anything_heavy_before_it_runs():
    loaded = loaded_by(importing(*modules_of("cli")))
    assert not loaded & HEAVY


def test_the_entry_loads_no_face():
    loaded = loaded_by(importing("enquiry_tui.__main__"))
    assert not loaded & (HEAVY | {"click", "enquiry_tui.cli", "enquiry_tui.tui"})


def test_the_domain_loads_nothing_that_touches_the_world():
    loaded = loaded_by(importing(*modules_of("domain")))
    assert not loaded & (HEAVY | {"click", "platformdirs", "sqlite3", "socket"})


def test_the_machine_loads_nothing_heavy():
    assert not loaded_by(importing(*modules_of("machine"))) & HEAVY


def test_the_desk_and_its_records_load_no_face():
    loaded = loaded_by(importing(*modules_of("desk"), *modules_of("records")))
    assert not loaded & {"textual", "click", "rich", "enquiry_tui.cli", "enquiry_tui.tui"}


def test_the_mechanisms_load_no_face_and_not_one_another():
    names = {"vault", "documents", "intake", "policy"}
    for name in names & {path.name for path in PACKAGE.iterdir()}:
        loaded = loaded_by(importing(*modules_of(name)))
        others = {f"enquiry_tui.{other}" for other in (names - {name}) | {"cli", "tui", "desk"}}
        assert not loaded & (others | {"textual", "click"}), name


def test_the_sign_in_paints_before_the_vault_is_imported():
    loaded = loaded_by(importing("enquiry_tui.tui.app", "enquiry_tui.tui.start"))
    assert not loaded & (BARE | {"enquiry_tui.desk", "enquiry_tui.vault", "enquiry_tui.policy"})


def test_the_sign_in_loads_no_editor_for_many_lines():
    loaded = loaded_by(importing("enquiry_tui.tui.start", "enquiry_tui.tui.screens.sign_in"))
    assert not {
        name
        for name in loaded
        if name.startswith(("textual.widgets._text_area", "textual.document"))
    }


@pytest.mark.parametrize("layer", ["domain", "machine", "cli"])
def test_everything_can_be_imported_where_posix_modules_are_missing(layer: str):
    loaded_by(importing(*modules_of(layer)), "fcntl", "resource", "termios")
