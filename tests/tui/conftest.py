from __future__ import annotations

from tests.desk.conftest import each_passphrase_hashed_once, founded, office

__all__ = ["each_passphrase_hashed_once", "founded", "office"]
