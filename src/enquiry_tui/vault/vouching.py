"""Certificates against the record: which event told of each, and who was administrator when.

The header is authenticated by the master key alone, which every officer holds: a certificate that
its signature would let pass counts for the record only where an event tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enquiry_tui.domain.audit import Action
from enquiry_tui.vault.certificates import RECOVERY_ROLE, RETIRED_ROLE, Certificate
from enquiry_tui.vault.encoding import detail_of
from enquiry_tui.vault.errors import NotVouchedFor
from enquiry_tui.vault.reading import ReadsVault
from enquiry_tui.vault.verdicts import Finding, Verdict

CERTIFYING = (
    Action.ACCOUNT_ADDED,
    Action.ACCOUNT_RESET,
    Action.ACCOUNT_CERTIFIED,
    Action.ACCOUNT_RENEWED,
    Action.ACCOUNT_RECOVERED,
    Action.RECOVERY_ISSUED,
)
_TELLING = (*CERTIFYING, Action.ACCOUNT_REMOVED)
_FIRST = 1  # the number of the two certificates that a vault is founded with
_TOLD = f"""
    SELECT e.seq, e.action, e.actor, e.commitment, d.body FROM event e INDEXED BY event_object
      LEFT JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq
     WHERE e.object = ? AND e.object <> '' AND e.vault = ?
       AND e.action IN ({", ".join("?" * len(_TELLING))})
     ORDER BY e.seq
"""
_LATE = """
    SELECT e.seq, d.body FROM event e
      JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq
     WHERE e.vault = ? AND e.action = 'account.changed' AND e.outcome = 'late' ORDER BY e.seq
"""
_NOTED = "SELECT value FROM meta WHERE key = 'header_seq'"
_NEVER = 1 << 62
_UNREADABLE = -1


@dataclass(frozen=True, slots=True)
class _Told:
    seq: int
    action: str
    actor: str
    certificate: int

    def tells_of(self, certificate: Certificate) -> bool:
        """Say whether this is the event of that certificate: by its issuer, with its number."""
        if self.actor != certificate.issuer:
            return False
        if certificate.role == RETIRED_ROLE and self.action == Action.ACCOUNT_REMOVED:
            return True
        return self.certificate == certificate.seq


class Vouching:
    """The certificates that lead to the root, held against the events of the record."""

    def __init__(self, store: ReadsVault, certificates: Sequence[Certificate]) -> None:
        self._store = store
        self._certificates = tuple(dict.fromkeys(certificates))
        self._told: dict[str, dict[Certificate, int]] = {}
        self._told_late: list[tuple[int, int, int]] | None = None

    def began(self, certificate: Certificate) -> int | None:
        """Give the event since which a certificate counts; None where the record knows of none."""
        if certificate.seq == _FIRST:
            return 1 if certificate in self._founding() else None
        told = self._told_of(certificate.uid).get(certificate)
        if told is not None:
            return told
        return next((seq for seq, old, new in self._late() if old < certificate.seq <= new), None)

    def administers(self, uid: str, seq: int) -> bool:
        """Tell whether somebody was administrator, by the record, when event `seq` was made."""
        standing = None
        for certificate in self._certificates:  # in the order of their numbers
            began = self.began(certificate) if certificate.uid == uid else None
            if began is not None and began < seq:
                standing = certificate
        return standing is not None and standing.administrator

    def findings(self) -> list[Finding]:
        """Name the certificates that no event tells of, or only one in the wrong place."""
        found, after = [], _NEVER
        for certificate in reversed(self._certificates):
            seq = self.began(certificate)
            if seq is None:
                found.append(_finding(certificate, 0, "is told of by no event"))
            elif certificate.seq == _FIRST:
                continue
            elif seq == after:
                found.append(_finding(certificate, seq, "is a second one for this event"))
            elif seq > after:
                found.append(_finding(certificate, seq, "was made after one with a later number"))
            else:
                after = seq
        return found

    def _founding(self) -> list[Certificate]:
        """Give the two certificates that a vault is founded with: the root's, the recovery key's.

        Who holds the root's key could make others of that number: then neither they nor it count.
        """
        first = [item for item in self._certificates if item.seq == _FIRST]
        paper = [item for item in first if item.role == RECOVERY_ROLE]
        own = [item for item in first if item.issuer == item.uid]  # the root vouches for itself
        return own + (paper if len(paper) == 1 else [])

    def _told_of(self, uid: str) -> dict[Certificate, int]:
        """Pair an account's certificates with the events that tell of them.

        An event whose detail was altered or erased tells of whichever is left: that it was is a
        finding of its own, and must not keep anybody out.
        """
        if uid in self._told:
            return self._told[uid]
        rows = self._store.query(_TOLD, (uid, self._store.vault_id, *map(str, _TELLING)))
        events = [_Told(row[0], row[1], row[2], _number(*tuple(row)[1:])) for row in rows]
        found: dict[Certificate, int] = {}
        own = [item for item in self._certificates if item.uid == uid]
        for certificate in own:
            exact = (event for event in events if event.tells_of(certificate))
            if (event := next(exact, None)) is not None:
                found[certificate] = event.seq
        blank = [event for event in events if event.certificate == _UNREADABLE]
        for certificate in own:
            issued = [event for event in blank if event.actor == certificate.issuer]
            if certificate.seq != _FIRST and certificate not in found and issued:
                blank.remove(issued[0])
                found[certificate] = issued[0].seq
        self._told[uid] = found
        return found

    def _late(self) -> list[tuple[int, int, int]]:
        """List what was told late of a change of the header: event, header before and after.

        The last one is still owed: the header is one ahead of the database until the next sign-in.
        """
        if self._told_late is None:
            self._told_late = []
            for seq, body in self._store.query(_LATE, (self._store.vault_id,)):
                match detail_of(body).get("header"):
                    case [int(old), int(new)] if new == old + 1:
                        self._told_late.append((int(seq), old, new))
            for (noted,) in self._store.query(_NOTED):
                self._told_late.append((_NEVER - 1, int(noted), int(noted) + 1))
        return self._told_late


def demand_vouched(
    store: ReadsVault, certificate: Certificate, certificates: Sequence[Certificate]
) -> None:
    """Check that an event tells of the certificate somebody signs with. Raises NotVouchedFor."""
    if Vouching(store, certificates).began(certificate) is None:
        raise NotVouchedFor("The record knows of no act that made this account what it is")


def _number(action: str, _actor: str, commitment: bytes, body: str | None) -> int:
    """Give the number that a detail names; where it should name one and does not, it was altered.

    What never had a detail, and the end of an account, name none.
    """
    number = detail_of(body).get("certificate")
    if isinstance(number, int):
        return number
    return _UNREADABLE if commitment and action != Action.ACCOUNT_REMOVED else 0


def _finding(certificate: Certificate, seq: int, words: str) -> Finding:
    name = f"certificate {certificate.seq} of account {certificate.uid}"
    return Finding(seq, Verdict.CERTIFICATE, f"{name} {words}")
