"""The words of a referral summary, before it is recorded and after, masked for the screen."""

from __future__ import annotations

from enquiry_tui.desk import exports, steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referral_steps import ReferralRequest, record_referral
from enquiry_tui.desk.summaries import on_screen, summary_row
from enquiry_tui.documents.words import render_text
from enquiry_tui.domain.audit import Action
from enquiry_tui.records import referrals
from enquiry_tui.vault.chain import code_of


class _NotKept(Exception):  # not an error: it takes back what was only tried
    """Takes back everything that was written in order to be shown."""


def preview_referral(desk: Desk, request: ReferralRequest) -> str:
    """Give the text that a referral would hold, by recording it and taking that back.

    So what is shown is what would leave, short of what is masked on the matter, and the rules are
    those of `refer`. Raises NotFound,
    NotPermitted, ReferralIncomplete, AddressNotConfirmed, MessageStopped. Leaves nothing.
    """
    words = ""
    try:
        with desk.act(Action.REFERRAL_SEND) as act:
            matter = steps.enquiry(desk, request.enquiry_uid)
            uid, _entry = record_referral(act, desk, matter, request)
            row = referrals.by_uid(act.tx, uid)
            if row is None:
                raise NotFound("referral")
            fields = tuple(filter(None, str(row["fields"]).split("\n")))
            code, veil = code_of(desk.store.head()[1]), on_screen(desk, row, is_typed=True)
            words = render_text(summary_row(desk, row, fields, code, veil))
            raise _NotKept
    except _NotKept:
        return words


def referral_text(desk: Desk, referral_uid: str) -> str:
    """Give the text of a referral that is on the record, as a file would hold it now, masked.

    Raises NotFound.
    """
    return render_text(exports.summary_of(desk, referral_uid))
