"""Reading a pack: bytes to TOML to a checked model, with errors that an editor can act on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from enquiry_tui.policy.problems import PackError, refuse

FORMAT = 1
LARGEST = 1 << 20


class Model(BaseModel):
    """The base of every pack model: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, strict=True)


class PackModel(Model):
    """What stands at the head of every pack."""

    format: int
    name: str
    version: str


M = TypeVar("M", bound=PackModel)


def read_file(path: Path) -> bytes:
    """Read a file that is to become a pack, no more than a pack may have. Raises PackError."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise PackError(f"The file cannot be read ({why}).", "Check its name.") from error


def tables(file: str, body: bytes) -> dict[str, Any]:
    """Read the tables of a file. Raises PackError: too large, not UTF-8, not TOML."""
    if len(body) > LARGEST:
        raise PackError(f"{file} is larger than {LARGEST // 1024} KiB.", "Is it the right file?")
    try:
        return tomllib.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PackError(f"{file} is not UTF-8 text.", "Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:  # no TOML, or a number beyond reason
        raise PackError(f"{file} is not valid TOML: {_plain(error)}.", "See that line.") from None


def named(body: bytes) -> str:
    """Return the name a pack gives itself, or nothing. Raises PackError."""
    return str(tables("The file", body).get("name", ""))


def read_model(name: str, body: bytes, model: type[M]) -> M:
    """Read a pack of this name. Raises PackError: not TOML, another pack, a wrong key."""
    file = f"{name}.toml"
    data = tables(file, body)
    if data.get("format") != FORMAT:
        raise PackError(f"{file} is not of format {FORMAT}.", "Use a pack made for this version.")
    if data.get("name") != name:
        refuse(file, "name", f"this is not the pack {name}")
    try:
        return model.model_validate_json(_json(file, data))
    except ValidationError as error:
        _explain(file, model, error)
        raise


def _json(file: str, data: dict[str, Any]) -> str:
    import json  # noqa: PLC0415 - only the loader needs it

    try:
        return json.dumps(data, default=str)
    except (ValueError, RecursionError):
        raise PackError(f"{file} holds a number beyond reason.", "Look through it.") from None


def _plain(error: Exception) -> str:
    return str(error).rstrip(".")


def _explain(file: str, model: type[BaseModel], error: ValidationError) -> None:
    found = error.errors(include_url=False, include_input=False)
    first = min(found, key=lambda item: item["type"] == "missing")
    path = [part for part in first["loc"] if not str(part).startswith(("function-", "is-"))]
    key = ".".join(str(part) for part in path)
    last = str(path[-1]) if path else ""
    known = _known(model, path)
    match first["type"]:
        case "extra_forbidden":
            refuse(file, key, "unknown key", last, known)
        case "missing":
            refuse(file, key, "missing")
        case "enum" | "literal_error":
            _explain_choice(file, key, error, first)
        case _:
            refuse(file, key or "pack", str(first["msg"]).rstrip("."))


def _explain_choice(file: str, key: str, error: ValidationError, first: ErrorDetails) -> None:
    inputs = {item["loc"]: item["input"] for item in error.errors(include_url=False)}
    given = inputs[first["loc"]]
    expected = str(first.get("ctx", {}).get("expected", ""))
    known = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    refuse(file, key.removesuffix(".[key]"), "unknown word", str(given), known)


def _known(model: type[BaseModel], path: list[Any]) -> list[str]:
    """Return the keys that the table at the end of this path may have."""
    here: object = model
    for part in path[:-1]:
        here = _step(here, part)
    return sorted(here.model_fields) if _is_model(here) else []


def _step(here: object, part: object) -> object:
    if _is_model(here):
        field = here.model_fields.get(str(part))
        return field.annotation if field else None
    args = [item for item in get_args(here) if item is not Ellipsis]
    if get_origin(here) is dict:
        return args[1]
    return args[0] if args else here


def _is_model(thing: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(thing, type) and issubclass(thing, BaseModel)
