"""Who can open a vault: held against another day's, because an older copy brings the older back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from enquiry_tui.vault.anchors import Since
from enquiry_tui.vault.certificates import RECOVERY_ROLE, ROLES, Certificate
from enquiry_tui.vault.header import Header


@dataclass(frozen=True, slots=True)
class Access:
    """One way in: an account, or the recovery key. `commit` stands for its passphrase or key."""

    uid: str
    handle: str
    role: str
    administrator: bool
    vetting_expires: date | None
    public: bytes
    commit: bytes


def access_of(header: Header, present: Mapping[str, Certificate]) -> tuple[Access, ...]:
    """Give who opens the vault that has this header; `present` are its checked certificates."""
    found = [
        Access(
            uid,
            item.handle,
            item.role,
            item.administrator,
            item.vetting_expires,
            item.signing_public,
            header.users[uid].commit,
        )
        for uid, item in present.items()
        if item.role in ROLES or item.role == RECOVERY_ROLE
    ]
    return tuple(sorted(found, key=lambda item: item.handle.casefold()))


def access_differs(there: Iterable[Access], here: Iterable[Access]) -> tuple[str, ...]:
    """Say which accounts of an older copy (`there`) are not as in the present vault (`here`)."""
    older, present = ({item.uid: item for item in some} for some in (there, here))
    people = {**present, **older}
    ordered = sorted(people.values(), key=lambda item: item.handle.casefold())
    found = [_differs(older.get(item.uid), present.get(item.uid)) for item in ordered]
    if _sheets(older) != _sheets(present):
        found.append("another recovery sheet opens it than the present vault")
    return tuple(words for words in found if words)


def access_since(
    lines: Iterable[Since], epoch: int, present: Mapping[str, Certificate]
) -> tuple[str, ...]:
    """Say what anchors tell of access after the last event of an older copy that has this `epoch`.

    Only who wrote them is told: an account that was removed, or changed and not used, wrote none.
    """
    known, strange, found = set(), set(), []
    later = False
    for line in lines:
        later |= line.epoch > epoch
        if (certificate := present.get(line.uid)) is None:
            strange.add(line.uid)
        elif certificate.role == RECOVERY_ROLE:
            found.append("the recovery key was used")
        elif not line.key_known:
            known.add(certificate.handle)
    found += [f"{handle} was given new keys" for handle in sorted(known, key=str.casefold)]
    if strange:
        count = "1 account" if len(strange) == 1 else f"{len(strange):,} accounts"
        found.append(f"{count} made since, or a newer recovery key, signed in")
    if later:
        found.append("the vault's keys were changed, as when an account is removed")
    return tuple(dict.fromkeys(found))


def _differs(there: Access | None, here: Access | None) -> str:
    if RECOVERY_ROLE in {item.role for item in (there, here) if item is not None}:
        return ""
    if there is None:
        return f"{here.handle} has no account there" if here is not None else ""
    if here is None:
        return f"{there.handle} has an account there and none here"
    told = []
    if (there.role, there.administrator) != (here.role, here.administrator):
        told.append(f"is {_rights(there)} there and {_rights(here)} here")
    if there.vetting_expires != here.vetting_expires:
        told.append("has another vetting date there")
    if there.public != here.public:
        told.append("has other keys there")
    elif there.commit != here.commit:
        told.append("has another passphrase there")
    return f"{there.handle} {' and '.join(told)}" if told else ""


def _rights(item: Access) -> str:
    return f"{item.role} and administrator" if item.administrator else item.role


def _sheets(some: Mapping[str, Access]) -> set[bytes]:
    return {item.commit for item in some.values() if item.role == RECOVERY_ROLE}
