"""How far time has come by the record, whatever the machine's clock says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from enquiry_tui.domain.audit import Action
from enquiry_tui.vault.certificates import RECOVERY_ROLE, Certificate
from enquiry_tui.vault.encoding import moment_of
from enquiry_tui.vault.store import Store

_SIGN_INS = (str(Action.SESSION_SIGN_IN), str(Action.SESSION_RECOVERY))


def time_reached(store: Store, certificates: Mapping[str, Certificate]) -> datetime | None:
    """Give the time that vetting and lent passphrases count from, aware, in UTC; None at first.

    It is the newest event's, or a later one that was reached since an administrator signed in last:
    a colleague who signs in with the clock set back opens no account again. An administrator, who
    could renew it anyway, or the recovery key does put the time right, so that a clock that stood
    in the future once does not shut everybody out for years.
    """
    since = max(
        (
            _last_sign_in(store, uid)
            for uid, certificate in certificates.items()
            if certificate.administrator or certificate.role == RECOVERY_ROLE
        ),
        default=0,
    )
    rows = store.query(
        "SELECT max(utc) FROM checkpoint WHERE vault = ?1 AND seq >= ?2 AND utc < '9998'"
        " UNION ALL SELECT utc FROM event WHERE vault = ?1"
        "  AND seq = (SELECT max(seq) FROM event WHERE vault = ?1)",
        (store.vault_id, since),
    )
    found = [moment for (text,) in rows if (moment := moment_of(text)) is not None]
    return max(found, default=None)


def _last_sign_in(store: Store, uid: str) -> int:
    row = store.one(
        # Or SQLite walks back through the whole record to have them in order.
        "SELECT seq FROM event INDEXED BY event_object WHERE object = ?1 AND object <> ''"
        " AND actor = ?1 AND vault = ?2 AND action IN (?3, ?4) ORDER BY seq DESC LIMIT 1",
        (uid, store.vault_id, *_SIGN_INS),
    )
    return 0 if row is None else int(row["seq"])
