from __future__ import annotations

from tests.desk.conftest import founded, office

__all__ = ["founded", "office"]
