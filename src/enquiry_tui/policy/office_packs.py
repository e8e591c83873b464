"""The packs of the office: its values, directory and complaints; what they become."""

from __future__ import annotations

from pydantic import Field

from enquiry_tui.domain.emergency import EntryKind
from enquiry_tui.domain.office_rules import (
    AuthorityRule,
    Category,
    ComplaintRules,
    Entry,
    OfficePolicy,
    OfficeWords,
    SubjectName,
    Tick,
)
from enquiry_tui.domain.vocabulary import MarkerKind, Office
from enquiry_tui.policy.complaint_packs import LifeModel, complaint_book
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

SUBJECTS = (
    "force-service",
    "officer",
    "chief-constable",
    "delegated",
    "pcc",
    "opcc-staff",
    "chief-executive",
    "data",
)

# The same as the desk takes them down, each with a name of the office's own.
NAMED = (
    *("officer", "service", "chief-constable", "commissioner", "this-office"),
    *("delegated", "chief-executive", "data"),
)
# About these a matter has named readers from the first draft on, whatever a pack says.
RESTRICTED = frozenset({"chief-constable", "commissioner", "this-office", "chief-executive"})


class LimitsModel(Model):
    """How long things may last; the unit stands in each key."""

    call_minutes: int = Field(ge=5, le=480)
    post_working_days: int = Field(ge=1, le=60)
    hold_warn_seconds: int = Field(ge=30, le=600)
    ring_back_other_line_minutes: int = Field(ge=0, le=60)
    ring_back_same_line_minutes: int = Field(ge=0, le=60)
    idle_lock_minutes: int = Field(ge=1, le=30)
    idle_lock_call_minutes: int = Field(ge=5, le=120)


class TargetsModel(Model):
    """What the office promises, in working days unless the key says otherwise."""

    message_working_days: int = Field(ge=1, le=60)
    referral_accept_working_days: int = Field(ge=1, le=60)
    referral_reply_working_days: int = Field(ge=1, le=60)
    marker_review_days: int = Field(ge=1, le=730)


class RetentionModel(Model):
    """How long what leaves may be kept by its reader; retention.toml has our own."""

    destroy_by_days: int = Field(ge=1, le=3650)


class MarkingModel(Model):
    """What stands on what leaves."""

    default: str
    lowered: str
    do_not_copy: str
    in_error: str


class OfficeWordsModel(Model):
    """How one kind of office is called."""

    name: str = Field(min_length=1, max_length=60)
    whose: str = Field(min_length=1, max_length=60)
    known_by: tuple[str, ...] = ()


class OfficeModel(PackModel):
    """office.toml."""

    limits: LimitsModel
    targets: TargetsModel
    retention: RetentionModel
    marking: MarkingModel
    bases: dict[str, str]
    purposes: dict[str, str]
    markers: dict[MarkerKind, str]
    offices: dict[Office, OfficeWordsModel] = Field(default_factory=dict)


class EntryModel(Model):
    """One entry of the directory."""

    name: str
    kind: EntryKind
    topics: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    confirmed_how: str = ""
    note: str = ""


class DirectoryModel(PackModel):
    """directory.toml."""

    entries: dict[str, EntryModel]


class AuthorityModel(Model):
    """Who decides, what the desk does, where it goes, where the rule comes from."""

    authority: str
    action: str
    door: str
    source: str
    restricted: bool = False


class TickModel(Model):
    """One of the five ticks."""

    id: str
    label: str
    words: tuple[str, ...]


class CategoryModel(Model):
    """One category and the words that suggest it."""

    name: str
    words: tuple[str, ...]
    refer: bool = False


class SubjectModel(Model):
    """What the office calls somebody a complaint can be about."""

    short: str = Field(min_length=1, max_length=14)
    label: str = Field(min_length=1, max_length=60)
    restricted: str = ""
    called: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


class ComplaintsModel(LifeModel):
    """complaints.toml."""

    names: dict[str, SubjectModel]
    aliases: dict[str, str]
    chief_constable: dict[str, AuthorityModel] = Field(alias="chief-constable")
    local_policing_body: dict[str, AuthorityModel] = Field(alias="local-policing-body")
    ticks: tuple[TickModel, ...] = Field(min_length=5, max_length=5)
    categories: dict[str, CategoryModel]


def office_policy(model: OfficeModel) -> OfficePolicy:
    """Make the office's values. Raises PackError where a marker has no words."""
    for kind in MarkerKind:
        if not model.markers.get(kind):
            refuse("office.toml", f"markers.{kind}", "missing")
    return OfficePolicy(
        call_limit_minutes=model.limits.call_minutes,
        post_limit_working_days=model.limits.post_working_days,
        hold_warn_seconds=model.limits.hold_warn_seconds,
        ring_back_other_line_minutes=model.limits.ring_back_other_line_minutes,
        ring_back_same_line_minutes=model.limits.ring_back_same_line_minutes,
        idle_lock_minutes=model.limits.idle_lock_minutes,
        idle_lock_call_minutes=model.limits.idle_lock_call_minutes,
        message_working_days=model.targets.message_working_days,
        referral_accept_working_days=model.targets.referral_accept_working_days,
        referral_reply_working_days=model.targets.referral_reply_working_days,
        marker_review_days=model.targets.marker_review_days,
        destroy_by_days=model.retention.destroy_by_days,
        marking=model.marking.default,
        lowered_marking=model.marking.lowered,
        do_not_copy=model.marking.do_not_copy,
        in_error=model.marking.in_error,
        bases=model.bases,
        purposes=model.purposes,
        markers=model.markers,
        offices={kind: OfficeWords(**item.model_dump()) for kind, item in model.offices.items()},
    )


def entries(model: DirectoryModel) -> tuple[Entry, ...]:
    """Make the directory's seed, in the order of the file."""
    return tuple(
        Entry(
            key=key,
            name=item.name,
            kind=item.kind,
            topics="\n".join(item.topics),
            phone=item.phone,
            email=item.email,
            address=item.address,
            hours=item.hours,
            confirmed_how=item.confirmed_how,
            note=item.note,
        )
        for key, item in model.entries.items()
    )


def complaint_rules(model: ComplaintsModel) -> ComplaintRules:
    """Make the complaint rules. Raises PackError where a subject has no authority."""
    authorities: dict[tuple[Office, str], AuthorityRule] = {}
    for office, rules in (
        (Office.CHIEF_CONSTABLE, model.chief_constable),
        (Office.LOCAL_POLICING_BODY, model.local_policing_body),
    ):
        for about in rules:
            if about not in SUBJECTS:
                refuse("complaints.toml", f"{office}.{about}", "unknown key", about, list(SUBJECTS))
        for about in SUBJECTS:
            rule = rules.get(about)
            if rule is None:
                refuse("complaints.toml", f"{office}.{about}", "missing")
            authorities[office, about] = AuthorityRule(
                about, rule.authority, rule.action, rule.door, rule.source, rule.restricted
            )
    for alias, about in model.aliases.items():
        if about not in SUBJECTS:
            refuse("complaints.toml", f"aliases.{alias}", "unknown word", about, list(SUBJECTS))
    categories = {
        code: Category(code, item.name, item.words, item.refer)
        for code, item in model.categories.items()
    }
    ticks = tuple(Tick(item.id, item.label, item.words) for item in model.ticks)
    book, names = complaint_book(model), _names(model)
    return ComplaintRules(authorities, model.aliases, categories, ticks, book, names)


def _names(model: ComplaintsModel) -> dict[str, SubjectName]:
    for name in model.names:
        if name not in NAMED:
            refuse("complaints.toml", f"names.{name}", "unknown key", name, list(NAMED))
    for name in NAMED:
        if name not in model.names:
            refuse("complaints.toml", f"names.{name}", "missing")
        if name in RESTRICTED and not model.names[name].restricted:
            refuse("complaints.toml", f"names.{name}.restricted", "such a matter has named readers")
    return {name: SubjectName(**item.model_dump()) for name, item in model.names.items()}
