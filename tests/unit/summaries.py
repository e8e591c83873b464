from __future__ import annotations

from datetime import UTC, date, datetime

from enquiry_tui.documents.summary import (
    Annex,
    Field,
    Nature,
    ReferralSummary,
    Said,
    verification_words,
)

SUMMARY = ReferralSummary(
    marking="official-sensitive – personal data – recipients only",
    reference="OPCC-2026-000118",
    version=1,
    created=datetime(2026, 11, 24, 14, 5, tzinfo=UTC),
    officer="Okafor PB-0142",
    office="Chief Constable's Office",
    recipient="Duty sergeant",
    agency="Northgate Neighbourhood Team",
    urgency="same day",
    ask="Please visit the school gates at 8.30.",
    contact="Information desk, 01632 960100",
    code="K7Q2-9FMT-XW",
    enquirer=(
        Field("Name", "Siân O'Brien"),
        Field("Safe number", "07700 900318, after 16:00, no voicemail"),
        Field("Neighbours", "Łukasz Wiśniewski, Nguyễn Thị Hoa, 王小明"),
    ),
    account="Vans stop on the zigzag lines every morning.",
    said=(
        Said(Nature.FACT, "Her letter was received", "our record", date(2026, 9, 15)),
        Said(Nature.ALLEGATION, "A van reversed over the kerb", "the enquirer", date(2026, 11, 12)),
        Said(Nature.OPINION, "She thinks nobody will come", "the enquirer"),
    ),
    risks=("Children at the gates every school day",),
    wants="A visit, and a call back",
    knows="That this is sent to you",
    consented="Sharing her name and number",
    done=("Acknowledged on Thu 5 Nov 2026", "Advised to ring 999 if there is danger"),
    basis="UK GDPR 6(1)(e), public task",
    necessity="Only that team can attend",
    left_out=("Address", "Date of birth"),
    verification=verification_words("none", "low"),
    reply_by=date(2026, 12, 1),
    reply_to="Okafor",
    destroy_by=date(2027, 5, 24),
    annexes=(Annex("Times at the gates", "Mon 08:34\nTue 08:31"),),
)
