"""Every act that leaves an event: its name, its word of DPA 2018 s62, and the right it needs.

One row for each act. `operation` is ours, for what s62 has no word for (signing in, backups).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from enquiry_tui.domain.rights import Right


class Word(StrEnum):
    """The processing operations of DPA 2018 s62(1), and one word for everything else."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    OPERATION = "operation"


_COL, _ALT, _CON = Word.COLLECTION, Word.ALTERATION, Word.CONSULTATION
_DIS, _COM, _ERA, _OPS = Word.DISCLOSURE, Word.COMBINATION, Word.ERASURE, Word.OPERATION
_R = Right


_PACKS = {
    "check": "checks",
    "authority": "authority",
    "agency": "authority",
    "contact-point": "authority",
    "clock": "clocks",
    "complaint": "complaints",
    "equality": "complaints",
    "emergency": "urgent",
    "hold": "retention",
    "stop": "retention",
}


class Action(StrEnum):
    """One act of the product; `word` is its s62 word, `right` what the actor must carry."""

    word: Word
    right: Right

    @property
    def pack(self) -> str:
        """Return the pack whose rules the act follows: what its event names; else the gate's."""
        return _PACKS.get(self.value.partition(".")[0], "disclosure")

    def __new__(cls, value: str, word: Word | None = None, right: Right | None = None) -> Self:
        """Make the act from its row; a row without its word and right is refused."""
        if word is None or right is None:
            raise TypeError(f"{value} has no word or no right")
        act = str.__new__(cls, value)
        act._value_ = value
        act.word = word
        act.right = right
        return act

    # vault and session
    VAULT_CREATED = "vault.created", _OPS, _R.SIGN_IN
    VAULT_MIGRATED = "vault.migrated", _OPS, _R.SIGN_IN
    VAULT_CHECKED = "vault.checked", _OPS, _R.BACKUPS
    VAULT_ROTATED = "vault.rotated", _OPS, _R.BACKUPS
    BACKUP_MADE = "backup.made", _OPS, _R.BACKUPS
    BACKUP_DRILLED = "backup.drilled", _OPS, _R.BACKUPS
    BACKUP_PRUNED = "backup.pruned", _OPS, _R.BACKUPS
    BACKUP_RESTORED = "backup.restored", _OPS, _R.RESTORE
    VAULT_RESTORED = "vault.restored", _OPS, _R.RESTORE
    RECORD_ACCEPTED = "record.accepted", _OPS, _R.RESTORE
    CLOCK_BACK = "clock.back", _OPS, _R.SIGN_IN
    ACCESS_REFUSED = "access.refused", _OPS, _R.SIGN_IN
    AUDIT_CHECKPOINT = "audit.checkpoint", _OPS, _R.SIGN_IN
    AUDIT_READ = "audit.read", _CON, _R.AUDIT_OWN
    AUDIT_VAULT_READ = "audit.vault-read", _CON, _R.AUDIT_VAULT
    AUDIT_VERIFIED = "audit.verified", _OPS, _R.SIGN_IN
    AUDIT_EXPORTED = "audit.exported", _DIS, _R.AUDIT_OWN
    SESSION_SIGN_IN = "session.sign-in", _OPS, _R.SIGN_IN
    SESSION_RECOVERY = "session.recovery", _OPS, _R.SIGN_IN
    SESSION_SIGN_OUT = "session.sign-out", _OPS, _R.SIGN_IN
    SESSION_LOCK = "session.lock", _OPS, _R.SIGN_IN
    SESSION_UNLOCK = "session.unlock", _OPS, _R.SIGN_IN
    SESSION_SWITCH = "session.switch", _OPS, _R.SIGN_IN
    # accounts
    ACCOUNT_ADDED = "account.added", _OPS, _R.ACCOUNTS
    ACCOUNT_CHANGED = "account.changed", _OPS, _R.ACCOUNTS
    ACCOUNT_CERTIFIED = "account.certified", _OPS, _R.ACCOUNTS
    ACCOUNT_RESET = "account.reset", _OPS, _R.ACCOUNTS
    ACCOUNT_RENEWED = "account.renewed", _OPS, _R.ACCOUNTS
    ACCOUNT_REMOVED = "account.removed", _OPS, _R.ACCOUNTS
    ACCOUNT_PASSPHRASE = "account.passphrase", _OPS, _R.SIGN_IN
    ACCOUNT_RECOVERED = "account.recovered", _OPS, _R.SIGN_IN
    RECOVERY_ISSUED = "recovery.issued", _OPS, _R.ACCOUNTS
    # contacts
    CONTACT_BEGIN = "contact.begin", _COL, _R.LOG
    CONTACT_LOG = "contact.log", _COL, _R.LOG
    CONTACT_SAVE = "contact.save", _ALT, _R.LOG
    CONTACT_HOLD = "contact.hold", _ALT, _R.LOG
    CONTACT_RESUME = "contact.resume", _ALT, _R.LOG
    CONTACT_LEG = "contact.leg", _COL, _R.LOG
    CONTACT_KIND = "contact.kind", _ALT, _R.LOG
    CONTACT_CIRCUMSTANCE = "contact.circumstance", _ALT, _R.LOG
    CONTACT_LINK = "contact.link", _COM, _R.LOG
    CONTACT_AMEND = "contact.amend", _ALT, _R.LOG
    CONTACT_STRIKE = "contact.strike", _ALT, _R.LOG
    CONTACT_MOVE = "contact.move", _COM, _R.LOG
    CONTACT_UNLINK = "contact.unlink", _ALT, _R.LOG
    CONTACT_END = "contact.end", _ALT, _R.LOG
    CONTACT_HAND_OVER = "contact.hand-over", _ALT, _R.LOG
    # enquiries
    ENQUIRY_OPEN = "enquiry.open", _COL, _R.LOG
    ENQUIRY_CONSULT = "enquiry.consult", _CON, _R.CONSULT
    ENQUIRY_SEARCH = "enquiry.search", _CON, _R.CONSULT
    ENQUIRY_LIST = "enquiry.list", _CON, _R.CONSULT
    ENQUIRY_REVEAL = "enquiry.reveal", _CON, _R.REVEAL
    ENQUIRY_AMEND = "enquiry.amend", _ALT, _R.LOG
    ENQUIRY_ATTACH = "enquiry.attach", _COM, _R.LOG
    ENQUIRY_LINK = "enquiry.link", _COM, _R.LOG
    ENQUIRY_WAIT = "enquiry.wait", _ALT, _R.LOG
    ENQUIRY_SENT = "enquiry.mark-sent", _ALT, _R.LOG
    ENQUIRY_OWN = "enquiry.own", _ALT, _R.LOG
    ENQUIRY_REALLOCATE = "enquiry.reallocate", _ALT, _R.REALLOCATE
    ENQUIRY_CODE_WORD = "enquiry.code-word", _ALT, _R.LOG
    ENQUIRY_RESTRICT = "enquiry.restrict", _ALT, _R.LOG
    ENQUIRY_READERS = "enquiry.readers", _ALT, _R.REALLOCATE
    ENQUIRY_RETENTION = "enquiry.retention", _ALT, _R.LOG
    ENQUIRY_CLOSE = "enquiry.close", _ALT, _R.CLOSE_OWN
    ENQUIRY_CLOSE_OVER = "enquiry.close-over", _ALT, _R.COUNTERSIGN
    ENQUIRY_REOPEN = "enquiry.reopen", _ALT, _R.LOG
    ENQUIRY_ERASED = "enquiry.erased", _ERA, _R.COUNTERSIGN
    HOLD_SET = "hold.set", _ALT, _R.HOLD
    HOLD_LIFTED = "hold.lifted", _ALT, _R.HOLD
    STOP_SET = "stop.set", _ALT, _R.STOP
    STOP_LIFTED = "stop.lifted", _ALT, _R.STOP
    CLOCK_STARTED = "clock.started", _ALT, _R.LOG
    CLOCK_PAUSED = "clock.paused", _ALT, _R.LOG
    CLOCK_RESUMED = "clock.resumed", _ALT, _R.LOG
    CLOCK_STOP_BACK = "clock.stop-back", _ALT, _R.LOG
    CLOCK_EXTENDED = "clock.extended", _ALT, _R.LOG
    CLOCK_EXTENSION_BACK = "clock.extension-back", _ALT, _R.LOG
    CLOCK_MET = "clock.met", _ALT, _R.LOG
    CLOCK_ENDED = "clock.ended", _ALT, _R.LOG
    CLOCK_MOVED = "clock.moved", _ALT, _R.LOG
    # people
    PERSON_RECORD = "person.record", _COL, _R.LOG
    PERSON_AMEND = "person.amend", _ALT, _R.LOG
    PERSON_CONFIRM = "person.confirm", _ALT, _R.LOG
    PERSON_CONSULT = "person.consult", _CON, _R.CONSULT
    PERSON_SEARCH = "person.search", _CON, _R.CONSULT
    PERSON_REVEAL = "person.reveal", _CON, _R.REVEAL
    PERSON_LINK = "person.link", _COM, _R.LOG
    PERSON_UNLINK = "person.unlink", _ALT, _R.LOG
    CONTACT_POINT_ADD = "contact-point.add", _COL, _R.LOG
    CONTACT_POINT_CONFIRM = "contact-point.confirm", _ALT, _R.CHECK
    CONTACT_POINT_RETIRE = "contact-point.retire", _ALT, _R.LOG
    MARKER_SET = "marker.set", _COL, _R.LOG
    MARKER_REMOVE = "marker.remove", _ALT, _R.MARKER_OFF
    # identity checks
    ASK_ADD = "ask.add", _COL, _R.LOG
    ASK_CLASS = "ask.class", _ALT, _R.TELL
    CHECK_OPEN = "check.open", _COL, _R.CHECK
    CHECK_STEP = "check.step", _COL, _R.CHECK
    CHECK_FLAG = "check.flag", _COL, _R.CHECK
    CHECK_PRETEXT = "check.pretext", _COL, _R.CHECK
    CHECK_ANNOTATE = "check.annotate", _ALT, _R.CHECK
    CHECK_END = "check.end", _ALT, _R.CHECK
    PASSWORD_AGREED = "check.password-agreed", _COL, _R.CHECK
    PASSWORD_ENDED = "check.password-ended", _ALT, _R.CHECK
    AUTHORITY_ADDED = "authority.added", _COL, _R.CHECK
    AUTHORITY_CHECKED = "authority.checked", _ALT, _R.CHECK
    AUTHORITY_WITHDRAWN = "authority.withdrawn", _ALT, _R.CHECK
    AGENCY_ASKED = "agency.asked", _COL, _R.LOG
    AGENCY_FORM = "agency.form-came", _ALT, _R.LOG
    AGENCY_SETTLED = "agency.settled", _ALT, _R.TELL
    # the ledger
    LEDGER_TOLD = "ledger.told", _DIS, _R.TELL
    LEDGER_WRITTEN = "ledger.written", _DIS, _R.TELL
    LEDGER_HELD = "ledger.held", _OPS, _R.TELL
    LEDGER_REFUSED = "ledger.refused", _OPS, _R.TELL
    LEDGER_NEITHER = "ledger.neither", _OPS, _R.TELL
    LEDGER_ROUTED = "ledger.routed", _OPS, _R.TELL
    LEDGER_MESSAGE = "ledger.message-taken", _OPS, _R.TELL
    LEDGER_SHARED = "ledger.shared", _DIS, _R.REFER
    LEDGER_INTERNAL = "ledger.internal", _DIS, _R.MESSAGE
    LEDGER_EMERGENCY = "ledger.emergency", _DIS, _R.LOG
    LEDGER_OVERRIDE = "ledger.override", _DIS, _R.TELL
    LEDGER_INCIDENT = "ledger.incident", _DIS, _R.LOG
    LEDGER_ANNOTATE = "ledger.annotate", _ALT, _R.TELL
    # urgent harm and slips
    EMERGENCY_BEGIN = "emergency.begin", _COL, _R.LOG
    EMERGENCY_LINE = "emergency.line", _COL, _R.LOG
    EMERGENCY_DIALLED = "emergency.dialled", _COL, _R.LOG
    EMERGENCY_REVEAL = "emergency.reveal", _CON, _R.LOG
    EMERGENCY_INCIDENT = "emergency.incident", _ALT, _R.LOG
    EMERGENCY_END = "emergency.end", _ALT, _R.LOG
    EMERGENCY_REVIEW = "emergency.review", _ALT, _R.COUNTERSIGN
    INCIDENT_RECORD = "incident.record", _COL, _R.LOG
    INCIDENT_ANNOTATE = "incident.annotate", _ALT, _R.LOG
    INCIDENT_CLOSE = "incident.close", _ALT, _R.COUNTERSIGN
    # messages, promises, bring-forwards
    MESSAGE_TAKE = "message.take", _COL, _R.MESSAGE
    MESSAGE_PASS = "message.pass", _DIS, _R.MESSAGE
    MESSAGE_ANSWER = "message.answer", _ALT, _R.MESSAGE
    MESSAGE_WITHDRAWN = "message.withdrawn", _ALT, _R.MESSAGE
    MESSAGE_TOLD = "message.caller-told", _ALT, _R.MESSAGE
    PROMISE_MAKE = "promise.make", _COL, _R.PROMISE
    PROMISE_MOVE = "promise.move", _ALT, _R.PROMISE
    PROMISE_GIVE = "promise.give", _ALT, _R.PROMISE
    PROMISE_KEEP = "promise.keep", _ALT, _R.PROMISE
    PROMISE_DROP = "promise.drop", _ALT, _R.PROMISE
    BRING_FORWARD_SET = "bring-forward.set", _COL, _R.LOG
    BRING_FORWARD_MOVE = "bring-forward.move", _ALT, _R.LOG
    BRING_FORWARD_DONE = "bring-forward.done", _ALT, _R.LOG
    HAND_OVER_MADE = "hand-over.made", _OPS, _R.LOG
    HAND_OVER_ACCEPTED = "hand-over.accepted", _OPS, _R.LOG
    # referrals, complaints, letters
    REFERRAL_SIGNPOST = "referral.signpost", _OPS, _R.REFER
    REFERRAL_DRAFT = "referral.draft", _COL, _R.REFER
    REFERRAL_SEND = "referral.send", _DIS, _R.REFER
    REFERRAL_ACCEPT = "referral.accepted", _ALT, _R.REFER
    REFERRAL_DECLINE = "referral.declined", _ALT, _R.REFER
    REFERRAL_OUTCOME = "referral.outcome", _ALT, _R.REFER
    REFERRAL_TOLD = "referral.enquirer-told", _ALT, _R.REFER
    REFERRAL_WITHDRAW = "referral.withdraw", _ALT, _R.REFER
    COMPLAINT_LOG = "complaint.log", _COL, _R.COMPLAIN
    COMPLAINT_AMEND = "complaint.amend", _ALT, _R.COMPLAIN
    COMPLAINT_AUTHORITY = "complaint.authority", _ALT, _R.COMPLAIN
    COMPLAINT_WISHES = "complaint.wishes", _COL, _R.COMPLAIN
    COMPLAINT_ALLEGATION = "complaint.allegation", _COL, _R.COMPLAIN
    COMPLAINT_FACTORS = "complaint.factors", _ALT, _R.COMPLAIN
    COMPLAINT_SCREEN = "complaint.screen", _ALT, _R.COUNTERSIGN
    COMPLAINT_EVIDENCE = "complaint.evidence", _ALT, _R.COMPLAIN
    COMPLAINT_COPY = "complaint.copy", _DIS, _R.COMPLAIN
    COMPLAINT_PASS = "complaint.pass", _DIS, _R.COMPLAIN
    COMPLAINT_HAND_OVER = "complaint.hand-over", _ALT, _R.COMPLAIN
    COMPLAINT_RECORD = "complaint.record", _ALT, _R.COMPLAIN
    COMPLAINT_OUTSIDE = "complaint.outside", _ALT, _R.COUNTERSIGN
    COMPLAINT_SET_ASIDE = "complaint.set-aside", _ALT, _R.COUNTERSIGN
    COMPLAINT_IOPC = "complaint.iopc-referral", _DIS, _R.COMPLAIN
    COMPLAINT_IOPC_ANSWER = "complaint.iopc-answer", _ALT, _R.COMPLAIN
    COMPLAINT_ALLOCATE = "complaint.allocate", _ALT, _R.COMPLAIN
    COMPLAINT_HANDLE = "complaint.handle", _ALT, _R.COMPLAIN
    COMPLAINT_UPDATE = "complaint.update", _ALT, _R.COMPLAIN
    COMPLAINT_DECIDE = "complaint.decide", _ALT, _R.COMPLAIN
    COMPLAINT_CONCLUDE = "complaint.conclude", _ALT, _R.COMPLAIN
    COMPLAINT_TELL = "complaint.tell", _DIS, _R.COMPLAIN
    COMPLAINT_REVIEW = "complaint.review", _ALT, _R.COMPLAIN
    COMPLAINT_SUSPEND = "complaint.suspend", _ALT, _R.COUNTERSIGN
    COMPLAINT_RESUME = "complaint.resume", _ALT, _R.COMPLAIN
    COMPLAINT_WITHDRAW = "complaint.withdraw", _ALT, _R.COMPLAIN
    COMPLAINT_CARRY_ON = "complaint.carry-on", _ALT, _R.COUNTERSIGN
    COMPLAINT_FINALISE = "complaint.finalise", _ALT, _R.COMPLAIN
    COMPLAINT_REOPEN = "complaint.re-open", _ALT, _R.COUNTERSIGN
    COMPLAINT_CLOSE = "complaint.close", _ALT, _R.COMPLAIN
    EQUALITY_ENTERED = "equality.entered", _COL, _R.COMPLAIN
    EQUALITY_READ = "equality.read", _CON, _R.TEAM_AUDIT
    LETTER_IMPORT = "letter.import", _COL, _R.LOG
    LETTER_POST = "letter.post", _COL, _R.LOG
    LETTER_CONSULT = "letter.consult", _CON, _R.CONSULT
    LETTER_FORWARD = "letter.forward", _DIS, _R.REFER
    # what leaves, and what the office keeps
    EXPORT = "export", _DIS, _R.REFER
    DIRECTORY_CHANGE = "directory.change", _ALT, _R.LOG
    DIRECTORY_CONFIRM = "directory.confirm", _ALT, _R.CHECK
    HOLIDAY_CHANGE = "holiday.change", _ALT, _R.SIGN_IN
    PACK_INSTALL = "pack.install", _OPS, _R.PACKS
    SETTING_CHANGE = "setting.change", _OPS, _R.PACKS
    SAMPLE_DRAW = "sample.draw", _CON, _R.SAMPLE
    SAMPLE_SCORE = "sample.score", _ALT, _R.SAMPLE
    FIGURES_READ = "figures.read", _CON, _R.TEAM_AUDIT
