"""What a statement on the open store may do, decided by SQLite when the statement is prepared.

The engine is the other half: what was prepared in one mode it never runs again in another.
"""

from __future__ import annotations

from enum import Enum, auto

_OK, _DENY = 0, 1  # SQLITE_OK, SQLITE_DENY

# Action codes, from sqlite3.h ("Authorizer Action Codes").
_CREATE_TEMP_INDEX, _CREATE_TEMP_TABLE, _CREATE_TEMP_TRIGGER, _CREATE_TEMP_VIEW = 3, 4, 5, 6
_DELETE, _DROP_TEMP_INDEX, _DROP_TEMP_TABLE, _DROP_TEMP_VIEW = 9, 12, 13, 15
_INSERT, _PRAGMA, _READ, _SELECT, _UPDATE = 18, 19, 20, 21, 23
_FUNCTION, _SAVEPOINT, _RECURSIVE = 31, 32, 33

_TEMP_OBJECTS = frozenset(
    {
        _CREATE_TEMP_INDEX,
        _CREATE_TEMP_TABLE,
        _CREATE_TEMP_VIEW,
        _DROP_TEMP_INDEX,
        _DROP_TEMP_TABLE,
        _DROP_TEMP_VIEW,
    }
)
_CHANGES = frozenset({_INSERT, _UPDATE, _DELETE})
_READS = frozenset({_READ, _SELECT, _RECURSIVE})
_BARRED_FUNCTIONS = frozenset(
    {"load_extension", "sqlcipher_export", "fts3_tokenizer", "readfile", "writefile", "edit"}
)
_READ_PRAGMAS = frozenset(  # without an argument
    {
        "application_id",
        "compile_options",
        "data_version",  # FTS5 asks for it before every query
        "freelist_count",
        "page_count",
        "page_size",
        "table_list",
        "user_version",
    }
)
_LOOKING_PRAGMAS = frozenset(  # an argument names what to look at
    {
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "integrity_check",
        "quick_check",
        "table_info",
        "table_xinfo",
    }
)
# Written by the chain and the migrations alone.
_CLOSED_TABLES = frozenset(
    {"checkpoint", "event", "event_detail", "event_row", "migration", "sqlite_master"}
)
TOUCHED = "touched"  # the temporary table of rows changed so far in a transaction
TOUCHES = "touches_"  # how the triggers are named that fill it
_TOUCHING = (_INSERT, TOUCHED, "temp")


class Mode(Enum):
    """What is going on."""

    READING = auto()
    CHANGING = auto()  # a transaction of a verb
    DRAFTING = auto()  # drafts and nothing but drafts
    PREPARING = auto()  # temporary objects for readers
    OWN = auto()  # the store's own statements


class Authorizer:
    """The callback for `set_authorizer`, with the mode that the store sets."""

    def __init__(self) -> None:
        self.mode = Mode.READING

    def __call__(
        self,
        action: int,
        first: str | None,
        second: str | None,
        database: str | None,
        source: str | None,
    ) -> int:
        """Answer SQLite: 0 to allow, 1 to deny."""
        if action in _READS:  # nearly all that is asked, and allowed in every mode
            return _OK
        if (source or "").startswith(TOUCHES) and (action, first, database) == _TOUCHING:
            return _OK if self.mode in {Mode.CHANGING, Mode.OWN} else _DENY
        return _OK if self._allows(action, first or "", second, database or "") else _DENY

    def _allows(self, action: int, first: str, second: str | None, database: str) -> bool:
        if self.mode is Mode.OWN:
            return True
        match action:
            case 19:  # _PRAGMA
                return first in _LOOKING_PRAGMAS or (first in _READ_PRAGMAS and second is None)
            case 31:  # _FUNCTION: the name comes second
                return second not in _BARRED_FUNCTIONS
            case 32:  # _SAVEPOINT: outside a transaction it would begin one
                return self.mode is Mode.CHANGING
        if self.mode is Mode.PREPARING:
            if (action, first) == (_INSERT, "sqlite_master"):
                return True  # asked for a temporary trigger too; by hand SQLite refuses it
            if action == _CREATE_TEMP_TRIGGER:
                return first.startswith(TOUCHES)
            return database == "temp" and (action in _TEMP_OBJECTS or action in _CHANGES)
        if action not in _CHANGES or database != "main":
            return False
        if self.mode is Mode.CHANGING:
            return first not in _CLOSED_TABLES
        return self.mode is Mode.DRAFTING and first == "draft"
