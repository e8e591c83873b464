"""The explicit column lists over which a row's state is hashed: changed only with a new version."""

from __future__ import annotations

from functools import cache

STATE_VERSION = 1

STATE_COLUMNS: dict[str, str] = {
    "officer": ("uid handle name role administrator last_signed_in removed_at"),
    "person": (
        "uid origin_vault kind name folded sound unsure at_organisation needs born "
        "postcode recorded_at recorded_by"
    ),
    "contact_point": (
        "uid origin_vault person_id kind value match_key source added_at added_by "
        "confirmed_at confirmed_by confirmed_how withdrawn_at"
    ),
    "enquiry": (
        "uid origin_vault year number reference code_word subject topics their_reference "
        "state waiting_on waiting_since waiting_until owner held_by held_since "
        "received_on due_on due_why acknowledged_on sent_on sent_what urgent restricted "
        "retention_class retention_why retention_by retention_from paper_place "
        "desk_key opened_at opened_by closed_at closed_by closed_why"
    ),
    "hold": (
        "uid origin_vault enquiry_id kind reason from_day review_on pack_hash set_at set_by "
        "considered_on stands_to lifted_at lifted_by lifted_why cause"
    ),
    "pack_installed": ("uid origin_vault name pack_hash version source since by why"),
    "part": ("uid origin_vault enquiry_id person_id part since ended_at ended_why"),
    "link": ("uid origin_vault enquiry_id other_id kind made_at made_by ended_at"),
    "marker": (
        "uid origin_vault person_id enquiry_id kind line reason safe_number review_on "
        "set_at set_by removed_at removed_by removed_why"
    ),
    "contact": (
        "uid origin_vault enquiry_id officer_uid channel direction state how_ended "
        "started_at limit_at ended_at line note who_said unsure phone withheld person_id "
        "possible kind child anonymous under_duress accompanied for_whom entered_late "
        "taken_by moved_from struck_at struck_by struck_why"
    ),
    "leg": ("uid contact_id kind number number_source answered_by started_at ended_at"),
    "amendment": ("uid object_kind object_uid field old_value why at by"),
    "ask": (
        "uid contact_id enquiry_id info_class words about_person_id decision asked_at decided_at"
    ),
    "identity_check": (
        "uid contact_id enquiry_id person_id kind channel outcome recognition proof "
        "authorities opens misses hard_flag flags pretext officer_uid pack_hash begun_at "
        "ended_at shut_at"
    ),
    "check_step": ("uid check_id step passed source at"),
    "authority": (
        "uid origin_vault kind person_id holder_id enquiry_id scope classes evidence dated_on "
        "starts_on expires_on bring_forward_uid pack_hash added_at added_by checked_at "
        "checked_by checked_how withdrawn_at withdrawn_by withdrawn_why"
    ),
    "authority_use": ("uid authority_id check_id at"),
    "agency_request": (
        "uid origin_vault contact_id enquiry_id agency asked_by purpose about_whom what "
        "info_class necessity prejudice authorised_rank authorised_by form_on basis pack_hash "
        "taken_at taken_by outcome why ledger_uid referral_id settled_at settled_by"
    ),
    "agreed_password": (
        "uid origin_vault person_id contact_id hash agreed_at agreed_by ended_at ended_by ended_why"
    ),
    "ledger": (
        "uid origin_vault contact_id enquiry_id ask_id check_id referral_id decision item "
        "info_class class_rank lowered_from lowered_why content about_person_id "
        "recipient_person_id recipient_entry_id route basis second_officer rule pack_hash "
        "officer_uid at corrects_id"
    ),
    "incident": (
        "uid origin_vault contact_id enquiry_id ledger_id to_whom how_noticed happened_at "
        "noticed_at due_at officer_uid annotation"
    ),
    "urgent": (
        "uid origin_vault contact_id card place dialled_at incident_number taken_by "
        "accepted how_ended officer_well started_at ended_at reviewed_at"
    ),
    "urgent_line": ("uid urgent_id at words"),
    "directory_entry": (
        "uid origin_vault key name folded kind topics phone email address hours "
        "confirmed_at confirmed_how active version changed_at changed_by"
    ),
    "message": (
        "uid origin_vault enquiry_id contact_id for_whom for_entry_id words urgent "
        "call_back deadline state taken_at taken_by passed_at passed_how answered_at "
        "answer told_at withdrawn_at withdrawn_by withdrawn_why"
    ),
    "promise": (
        "uid origin_vault enquiry_id contact_id person_id owner what to_whom safe_number "
        "due_at first_due_at moved told_of_move state made_at settled_at settled_how"
    ),
    "bring_forward": (
        "uid origin_vault enquiry_id owner on_day why for_supervisor state made_at done_at done_by"
    ),
    "referral": (
        "uid origin_vault enquiry_id number contact_id entry_id kind urgency request "
        "account account_kind risk wants done_so_far fields left_out basis necessity "
        "reply_by who_tells destroy_by state made_at made_by answered_at answered_by "
        "told_at"
    ),
    "export": ("uid referral_id format sha256 code fields protected at by"),
    "complaint": (
        "uid origin_vault enquiry_id contact_id about about_whom words when_where reach "
        "wants mentioned authority authority_source read_back state stood_before received_on "
        "logged_at logged_by passed_at passed_to their_reference standing in_writing "
        "wants_recorded wishes_read factors screened_on screened_by recorded_on grounds "
        "satisfied senior same_incident route handler handling_on referred_on referred_lines "
        "iopc_reference iopc_answer iopc_answered_on updated_on outcome_on decided_by told_on "
        "told_how review_body review_until review_on review_outcome withdrawal_asked_on "
        "withdrawal_until finalised_on disposal closed_on"
    ),
    "complaint_entry": (
        "uid origin_vault complaint_id verb from_state to_state on_day by_whom words at "
        "officer_uid pack_hash"
    ),
    "allegation": (
        "uid origin_vault complaint_id words category suggested decision actions decided_on "
        "decided_why"
    ),
    "letter": (
        "uid origin_vault enquiry_id contact_id direction sender sender_address subject "
        "dated_on received_on place words characters removed source sha256 "
        "sent_by_hand_at"
    ),
    "calendar": ("uid origin_vault name version known_to changed_at changed_by"),
    "holiday": (
        "uid origin_vault calendar_id day name from_version to_version why added_at added_by "
        "removed_at removed_by removed_why"
    ),
    "clock": (
        "uid origin_vault enquiry_id about rule pack_hash terms sort is_reply provisional round "
        "start extended legal_due service_due service_moved due_on calendar calendar_version "
        "state working started_at started_by finished_on finished_at finished_by finished_why"
    ),
    "clock_stop": (
        "uid clock_id cause effect since until why stopped_at stopped_by resumed_at resumed_by "
        "taken_back_at taken_back_by taken_back_why"
    ),
    "attachment": ("uid origin_vault letter_id name media_type size sha256"),
    "backup": (
        "uid origin_vault file place sha256 size seq head contacts made_at made_by "
        "removed_at removed_by"
    ),
    "drill": ("uid origin_vault backup_uid sha256 seq contacts up_to verified done_at done_by"),
}

# Where a list above is changed, the one before goes here: rows that no event has touched since keep
# the hash over it. So do those that were last touched before their key and what is beside them came
# into the hash. With it stands how the migration left the columns that came, which no hash holds.
_BEFORE_TAKING_BACK: dict[str, tuple[str, str]] = {
    "hold": (
        (
            "uid origin_vault enquiry_id kind reason from_day review_on pack_hash set_at set_by "
            "considered_on stands_to lifted_at lifted_by lifted_why"
        ),
        (
            "cause = CASE WHEN kind = 'iopc' AND lifted_at IS NULL"
            " AND reason = 'a complaint of this matter was referred to the IOPC'"
            " THEN 'iopc-referral' ELSE 'officer' END"
        ),
    ),
    "message": (
        (
            "uid origin_vault enquiry_id contact_id for_whom for_entry_id words urgent "
            "call_back deadline state taken_at taken_by passed_at passed_how answered_at "
            "answer told_at"
        ),
        "withdrawn_at IS NULL AND withdrawn_by IS NULL AND withdrawn_why = ''",
    ),
    "clock_stop": (
        "uid clock_id cause effect since until why stopped_at stopped_by resumed_at resumed_by",
        "taken_back_at IS NULL AND taken_back_by IS NULL AND taken_back_why = ''",
    ),
}
FORMER_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    table: ((f"id {columns}", left), (columns, left))
    for table, (columns, left) in _BEFORE_TAKING_BACK.items()
}

# What belongs to a row and stands in a table of its own: under which name it is hashed, and how it
# is read for the row `t`. The words of a ledger line stand apart so that they can be erased.
BESIDE: dict[str, tuple[str, str]] = {
    "ledger": ("words", "(SELECT w.words FROM ledger_words AS w WHERE w.ledger_id = t.id)"),
}


@cache
def hashed(table: str) -> tuple[str, str]:
    """Give the whole list that a row's state is hashed over, and the SQL of it for the row `t`.

    With the key: under another's, a row would get all that belongs to that one.
    """
    columns = f"id {STATE_COLUMNS[table]}"
    listed = ", ".join(f"t.{name}" for name in columns.split())
    if table not in BESIDE:
        return columns, listed
    name, sql = BESIDE[table]
    return f"{columns} {name}", f"{listed}, {sql}"
