"""Who may do what: roles against rights, as data. A right is checked in the verb."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an officer is at this desk. Administrator is a right beside the role."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    MONITORING_OFFICER = "monitoring-officer"
    AUDITOR = "auditor"


class Right(StrEnum):
    """One thing that a role may or may not carry."""

    SIGN_IN = "sign-in"
    LOG = "log"
    CHECK = "check"
    TELL = "tell"
    REFER = "refer"
    COMPLAIN = "complain"
    MESSAGE = "message"
    PROMISE = "promise"
    CLOSE_OWN = "close-own"
    CONSULT = "consult"
    REVEAL = "reveal"
    COUNTERSIGN = "countersign"
    REALLOCATE = "reallocate"
    HOLD = "hold"
    MARKER_OFF = "marker-off"
    TEAM_AUDIT = "team-audit"
    SAMPLE = "sample"
    STOP = "stop"
    AUDIT_OWN = "audit-own"
    AUDIT_ALL = "audit-all"
    AUDIT_VAULT = "audit-vault"
    ACCOUNTS = "accounts"
    PACKS = "packs"
    BACKUPS = "backups"
    RESTORE = "restore"


class AuditReach(StrEnum):
    """How far somebody's reading of the audit goes."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


_DESK = frozenset(
    {
        Right.SIGN_IN,
        Right.LOG,
        Right.CHECK,
        Right.TELL,
        Right.REFER,
        Right.COMPLAIN,
        Right.MESSAGE,
        Right.PROMISE,
        Right.CLOSE_OWN,
        Right.CONSULT,
        Right.REVEAL,
        Right.AUDIT_OWN,
    }
)
_LEADING = _DESK | {
    Right.COUNTERSIGN,
    Right.REALLOCATE,
    Right.HOLD,
    Right.MARKER_OFF,
    Right.TEAM_AUDIT,
    Right.SAMPLE,
}
MATRIX: dict[Role, frozenset[Right]] = {
    Role.OFFICER: _DESK,
    Role.SUPERVISOR: _LEADING,
    Role.MONITORING_OFFICER: _LEADING | {Right.STOP, Right.AUDIT_ALL},
    Role.AUDITOR: frozenset(
        {Right.SIGN_IN, Right.CONSULT, Right.SAMPLE, Right.AUDIT_OWN, Right.AUDIT_ALL}
    ),
}
ADMINISTRATOR: frozenset[Right] = frozenset(
    {
        Right.SIGN_IN,
        Right.ACCOUNTS,
        Right.PACKS,
        Right.BACKUPS,
        Right.RESTORE,
        Right.AUDIT_VAULT,
    }
)
PASSPHRASE_AGAIN: frozenset[Right] = frozenset({Right.ACCOUNTS, Right.RESTORE, Right.PACKS})


def may(role: Role | None, administrator: bool, right: Right) -> bool:
    """Say whether the role, or the administrator right beside it, carries the right."""
    if administrator and right in ADMINISTRATOR:
        return True
    return role is not None and right in MATRIX[role]


def audit_reach(role: Role) -> AuditReach:
    """Return how far this role reads the audit; vault acts come with the administrator right."""
    rights = MATRIX[role]
    if Right.AUDIT_ALL in rights:
        return AuditReach.ALL
    return AuditReach.TEAM if Right.TEAM_AUDIT in rights else AuditReach.OWN


def sees_masked_only(role: Role) -> bool:
    """Say whether records stay masked for this role whatever is open."""
    return Right.REVEAL not in MATRIX[role]
