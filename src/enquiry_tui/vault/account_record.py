"""What the record says of accounts: last sign-in, a lent passphrase, the newest certificate."""

from __future__ import annotations

from datetime import datetime

from enquiry_tui.domain.audit import Action
from enquiry_tui.vault.accounts import TEMPORARY_FOR
from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.encoding import detail_of, moment_of
from enquiry_tui.vault.errors import NotVouchedFor
from enquiry_tui.vault.store import Row, Store
from enquiry_tui.vault.vouching import CERTIFYING

_LENT = (Action.ACCOUNT_ADDED, Action.ACCOUNT_RESET)


def last_sign_in(store: Store, uid: str) -> datetime | None:
    """Give the time of an officer's last sign-in, aware, in UTC; None where there was none."""
    row = _last(store, uid, (Action.SESSION_SIGN_IN,))
    return None if row is None else moment_of(row["utc"])


def temporary_until(store: Store, uid: str) -> datetime | None:
    """Give until when a passphrase that was lent opens; None once the officer has chosen one."""
    row = _last(store, uid, (*_LENT, Action.ACCOUNT_PASSPHRASE, Action.ACCOUNT_RECOVERED))
    if row is None or row["action"] not in _LENT:
        return None
    lent = moment_of(row["utc"])
    return None if lent is None else lent + TEMPORARY_FOR


def demand_newest(store: Store, certificate: Certificate) -> None:
    """Check a certificate against the record: an older one put back brings back an older role.

    Raises NotVouchedFor.
    """
    row = _last(store, certificate.uid, CERTIFYING)
    noted = detail_of(row["body"]).get("certificate") if row is not None else None
    if isinstance(noted, int) and certificate.seq < noted:
        raise NotVouchedFor("An earlier certificate of this account was put back")


def _last(store: Store, uid: str, actions: tuple[str, ...]) -> Row | None:
    marks = ", ".join("?" * len(actions))
    return store.one(
        # Or SQLite walks back through the whole record to have them in order.
        "SELECT e.utc, e.action, d.body FROM event e INDEXED BY event_object"
        " LEFT JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq"
        f" WHERE e.object = ? AND e.object <> '' AND e.vault = ? AND e.action IN ({marks})"
        " ORDER BY e.seq DESC LIMIT 1",
        (uid, store.vault_id, *map(str, actions)),
    )
