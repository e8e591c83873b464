"""Keys and roles that the header's signatures let pass, and that the record knows nothing of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enquiry_tui.vault.accounts import Person, certify, user_record
from enquiry_tui.vault.anchors import Anchor
from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import VaultTampered
from enquiry_tui.vault.header import write_header
from enquiry_tui.vault.keys import PrivateBundle, SigningKeys
from enquiry_tui.vault.session import Unlocked
from enquiry_tui.vault.vault import Certified, certify_account, second_key, unlock
from enquiry_tui.vault.verdicts import Verdict
from enquiry_tui.vault.witnesses import Acceptance, contradiction
from tests.vault.vaults import FLOOR, OFFICER, Office

GHOST, GHOST_PASSPHRASE = "PB-0999", "granite tulip orbit feather lamp"
GHOST_UID = "019ab000-0000-7000-8000-000000000001"


def uid_of(unlocked: Unlocked, handle: str) -> str:
    return next(account.uid for account in unlocked.accounts() if account.handle == handle)


def put(unlocked: Unlocked, certificate: Certificate, bundle: PrivateBundle) -> None:
    """Give somebody a place in the header around the product, as whoever opens it can."""
    ring, secret = unlocked.ring, (GHOST_PASSPHRASE, FLOOR)
    user = user_record(certificate, "person", bundle, ring.master, secret)
    header = replace(ring.header, users={**ring.header.users, certificate.uid: user})
    write_header(unlocked.folder, header.authenticated(ring.master))


def ghost(unlocked: Unlocked, seq: int) -> tuple[Certificate, PrivateBundle]:
    bundle = PrivateBundle.fresh(unlocked.ring.root)
    person = Person(GHOST, "Nobody", "supervisor", True, None)
    keys = unlocked.ring.signing
    vault = unlocked.vault_id
    return certify(person, GHOST_UID, bundle, vault_id=vault, seq=seq, issuer=keys), bundle


@pytest.fixture
def demoted(office: Office) -> Office:
    with office.founder() as founder:
        uid = uid_of(founder, OFFICER)
        certify_account(founder, uid, Certified(administrator=True))
        certify_account(founder, uid, Certified(administrator=False))
    return office


def when_administrator(unlocked: Unlocked) -> int:
    own = [item for item in unlocked.all_certificates if item.uid == unlocked.account.uid]
    return next(item.seq for item in own if item.administrator)


def test_an_account_made_with_a_right_that_is_gone_opens_nothing(demoted: Office) -> None:
    with demoted.officer() as officer:
        put(officer, *ghost(officer, when_administrator(officer)))
    with pytest.raises(VaultTampered):
        unlock(demoted.folder, GHOST, GHOST_PASSPHRASE, clock=demoted.clock)
    with demoted.officer() as officer:
        assert officer.verify().verdicts == (Verdict.CERTIFICATE,)
        with pytest.raises(VaultTampered):
            second_key(officer, GHOST, GHOST_PASSPHRASE)


def test_an_account_told_of_when_the_right_is_gone_is_named(demoted: Office) -> None:
    with demoted.officer() as officer:
        seq = when_administrator(officer)
        with officer.store.transaction() as tx:
            tx.event(Entry("account.added", GHOST_UID, detail={"certificate": seq}), officer.keys)
        put(officer, *ghost(officer, seq))
    with demoted.officer() as officer:
        found = officer.verify()
    assert found.verdicts == (Verdict.CERTIFICATE,)
    assert "was made after one with a later number" in found.failures[0]


@pytest.mark.parametrize("another", [0, 1])
def test_a_second_key_made_for_a_colleague_is_named(office: Office, another: int) -> None:
    with office.founder() as founder:
        ring, own = founder.ring, founder.certificates[uid_of(founder, OFFICER)]
        bundle = PrivateBundle.fresh(ring.root)
        made = replace(
            own,
            signing_public=bundle.signing_public,
            seq=own.seq - another,
            issuer=ring.signing.uid,
        ).signed(ring.signing)
        past = (*ring.header.past, made.sealed(ring.master))
        write_header(office.folder, replace(ring.header, past=past).authenticated(ring.master))
    with office.founder() as founder:
        with founder.store.transaction() as tx:
            tx.event(Entry("enquiry.reveal"), SigningKeys(own.uid, bundle.seed))
        assert founder.verify().verdicts == (Verdict.CERTIFICATE,)


def test_an_acceptance_explains_nothing_that_was_told_after_it(office: Office) -> None:
    with office.store() as store:
        rows = store.query("SELECT seq, leaf FROM event ORDER BY seq")
        told = [Anchor("2026-11-24T09:00:00.000000Z", "x", row["seq"], row["leaf"]) for row in rows]
        later = replace(told[-1], seq=told[-1].seq + 1, head=bytes(32))
        ahead = Acceptance(rows[-1]["seq"], 0, *["2099-01-01T00:00:00.000000Z"] * 2)
        assert contradiction(store, [later, *told], rows[-1]["seq"], [ahead]) is None
        assert contradiction(store, [*told, later], rows[-1]["seq"], [ahead]) is not None
