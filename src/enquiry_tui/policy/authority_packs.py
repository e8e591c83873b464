"""The authority pack: its models and what they become."""

from __future__ import annotations

from pydantic import Field

from enquiry_tui.domain.agencies import RequestRules
from enquiry_tui.domain.authorities import AuthorityBook, AuthorityKind, AuthorityRule
from enquiry_tui.domain.identity_rules import IdentityRules
from enquiry_tui.domain.vocabulary import InfoClass, Kind, Office
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

FILE = "authority.toml"


class AuthorityKindModel(Model):
    """One kind of authority."""

    label: str
    brought_by: tuple[Kind, ...] = Field(min_length=1)
    covers: tuple[InfoClass, ...] = Field(min_length=1)
    months: int = Field(ge=0, le=120)
    look_at: str
    source: str


class RequestsModel(Model):
    """What an agency has to say."""

    kinds: tuple[Kind, ...]
    authoriser_required: bool
    ranks: str
    too_wide: tuple[str, ...]
    too_wide_words: str
    own: str
    discretion: str
    door: str
    purposes: dict[str, str] = Field(min_length=1)
    bases: dict[Office, dict[Kind, str]]


class AuthorityPackModel(PackModel):
    """authority.toml."""

    remind_days: int = Field(ge=1, le=180)
    point_change_days: int = Field(ge=0, le=90)
    authorities: dict[AuthorityKind, AuthorityKindModel]
    requests: RequestsModel


def identity_rules(model: AuthorityPackModel) -> IdentityRules:
    """Make the rules. Raises PackError where a kind of authority or a basis is missing."""
    for kind in AuthorityKind:
        if kind not in model.authorities:
            refuse(FILE, f"authorities.{kind}", "missing")
    asked = model.requests
    for office in Office:
        if Kind.OTHER_AGENCY not in asked.bases.get(office, {}):
            refuse(FILE, f"requests.bases.{office}.{Kind.OTHER_AGENCY}", "missing")
    rules = {
        kind: AuthorityRule(
            kind,
            item.label,
            frozenset(item.brought_by),
            frozenset(item.covers),
            item.months,
            item.look_at,
            item.source,
        )
        for kind, item in model.authorities.items()
    }
    requests = RequestRules(
        kinds=frozenset(asked.kinds),
        purposes=asked.purposes,
        too_wide=asked.too_wide,
        too_wide_words=asked.too_wide_words,
        authoriser_required=asked.authoriser_required,
        ranks=asked.ranks,
        bases={
            (office, kind): words
            for office, by in asked.bases.items()
            for kind, words in by.items()
        },
        own=asked.own,
        discretion=asked.discretion,
        door=asked.door,
    )
    return IdentityRules(AuthorityBook(rules, model.remind_days), requests, model.point_change_days)
