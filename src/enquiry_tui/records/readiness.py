"""What is still open in a matter: the counts that closing asks for, in one query."""

from __future__ import annotations

from datetime import date

from enquiry_tui.records.base import Reader

_COUNTS = """
SELECT
 (SELECT count(*) FROM contact AS k WHERE k.enquiry_id = e.id AND k.state <> 'ended'
   AND k.channel IN ('telephone', 'in-person')) AS open_contacts,
 (SELECT count(*) FROM identity_check AS c JOIN contact AS k ON k.id = c.contact_id
   WHERE k.enquiry_id = e.id AND c.outcome IS NULL) AS checks_without_outcome,
 (SELECT count(*) FROM message AS m WHERE m.enquiry_id = e.id AND m.state = 'taken'
   AND m.withdrawn_at IS NULL)
   AS messages_taken,
 (SELECT count(*) FROM promise AS p WHERE p.enquiry_id = e.id AND p.state = 'open') AS promises,
 (SELECT count(*) FROM bring_forward AS b WHERE b.enquiry_id = e.id AND b.state = 'open')
   AS bring_forwards,
 (SELECT count(*) FROM referral AS r WHERE r.enquiry_id = e.id AND r.state = 'sent')
   AS referrals_sent,
 (SELECT count(*) FROM referral AS r WHERE r.enquiry_id = e.id
   AND r.state IN ('accepted', 'declined')) AS referrals_answered,
 (e.due_on IS NOT NULL AND e.sent_on IS NULL) AS reply_due,
 (SELECT count(*) FROM clock AS c WHERE c.enquiry_id = e.id AND c.finished_at IS NULL
   AND c.rule <> 'review-window'
   AND (c.sort = 'legal' OR c.sort = 'window' AND c.due_on >= :today)) AS clocks_running,
 (SELECT count(*) FROM complaint AS x WHERE x.enquiry_id = e.id
   AND x.state NOT IN ('finalised', 'closed', 'elsewhere')) AS complaints_open,
 (SELECT count(*) FROM complaint AS x WHERE x.enquiry_id = e.id AND x.state <> 'elsewhere'
   AND x.review_until >= :today) AS review_windows,
 (SELECT count(*) FROM urgent AS u JOIN contact AS k ON k.id = u.contact_id
   WHERE k.enquiry_id = e.id AND u.ended_at IS NULL) AS urgent_open,
 (SELECT count(*) FROM agency_request AS a WHERE a.enquiry_id = e.id AND a.outcome IS NULL)
   AS agency_requests,
 (e.retention_class = '') AS no_retention
FROM visible_enquiry AS e WHERE e.id = :key
"""


def counts(reader: Reader, enquiry_id: int, today: date) -> dict[str, int]:
    """Count what is open in a matter, by the names of `domain.closing.Standing`."""
    row = reader.one(_COUNTS, {"key": enquiry_id, "today": today.isoformat()})
    return {name: int(row[name] or 0) for name in row.keys()} if row is not None else {}  # noqa: SIM118
