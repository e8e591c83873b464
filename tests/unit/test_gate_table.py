"""The ninety rules by telephone and what other channels change, typed apart from the pack."""

from __future__ import annotations

from itertools import product

import pytest

from enquiry_tui.domain.gate import explain, judge
from enquiry_tui.domain.rules import OPENING
from enquiry_tui.domain.standing import Circumstances, Need, Standing
from enquiry_tui.domain.vocabulary import (
    Allowed,
    Authority,
    Channel,
    InfoClass,
    Kind,
    Proof,
    Recognition,
)
from enquiry_tui.policy.packs import load_shipped

TABLE = load_shipped().table

# kind, then six answers, public first, as ALLOWED [needed] [> doors]
BY_TELEPHONE = """
member-of-public
  release
  release R:low
  part R:medium > info-management
  never
  never > control-room safeguarding info-management
  never > info-management
relative
  release
  part A:client+R:low
  never
  never
  never > safeguarding disclosure-schemes
  never
solicitor
  release
  release A:org+A:client
  route A:client > legal
  route A:written/A:order > legal
  route A:order/A:client > legal
  route A:written/A:order > legal
elected-representative
  release
  release R:low/A:org
  route A:request > staff-officer
  never > staff-officer
  route A:request > staff-officer
  route A:org > staff-officer
own-force
  release
  release A:org
  route A:org > hr psd
  part A:org+purpose > matter-owner
  route A:org+purpose > public-protection matter-owner
  part A:org+purpose > staff-officer
other-agency
  release
  release A:org
  route A:written > info-management
  route A:org+A:written > info-management control-room
  route A:org+A:written > control-room safeguarding
  route A:org > control-room staff-officer
court
  release
  release A:org
  route A:order > legal
  route A:order > legal
  route A:order > legal control-room
  route A:order > legal
commercial
  release
  part A:org
  route A:written > disclosure-unit
  route A:client > disclosure-unit
  never > disclosure-unit
  never
media
  route > press-office
  route > press-office
  never > press-office
  never > press-office
  never > press-office
  never > press-office
victim-service
  release
  part A:org+A:client
  route A:org+A:client > officer-in-case victim-care
  never
  route A:org+A:client/A:org+A:written > safeguarding
  never > officer-in-case
child
  release
  release R:low
  route R:low > safeguarding officer-in-case
  never > safeguarding
  never > safeguarding control-room
  never
anonymous
  release
  never
  never
  never
  never > control-room
  never
under-duress
  release
  never > safe-call-back
  never > safe-call-back
  never
  never > control-room safeguarding
  never
oversight-body
  release
  release A:org
  route A:org+A:written > psd dpo chief-executive staff-officer
  route A:org+A:written > psd dpo chief-executive staff-officer
  route A:org+A:written > psd dpo chief-executive staff-officer
  route A:org+A:written > psd dpo chief-executive staff-officer
official-caller
  release
  release A:org
  route A:org > staff-officer
  never
  never > control-room
  route A:org > staff-officer protection-unit
"""
SHORT = {
    "tel": "telephone",
    "let": "letter",
    "mail": "email",
    "pers": "in-person",
    "vm": "voicemail",
}
# what a channel changes: channel, kind, class, ALLOWED [needed]
BY_OTHER_CHANNELS = """
let member-of-public own-progress release held
let member-of-public own-personal release R:low+held
let member-of-public third-party never
let member-of-public sensitive route R:low+held
let member-of-public operational never
let relative own-progress part A:client+held
let relative own-personal never
let solicitor own-personal release A:client+held
let solicitor third-party route A:written/A:order
let elected-representative own-personal release A:request+held
let elected-representative sensitive part A:request+held
let elected-representative third-party never
let own-force third-party route A:org+A:written
let other-agency sensitive route A:org+A:written
let court sensitive route A:order
let commercial sensitive route A:client
let media public route
let media own-personal route
let child own-progress release R:low+held
let anonymous own-progress never
let under-duress own-progress never
let under-duress public release held
mail member-of-public own-progress release held
mail member-of-public own-personal part R:low+held
mail member-of-public sensitive route R:low+held
mail court own-progress release A:org+held
mail elected-representative own-personal release A:request+held
pers member-of-public own-progress release R:low/P:low
pers member-of-public own-personal part R:medium/P:low
pers member-of-public third-party never
pers member-of-public sensitive never
pers own-force own-progress release A:org
pers court own-progress route A:order
pers solicitor own-progress route A:client
pers anonymous public release
pers anonymous own-progress never
pers commercial own-progress never
pers media public route
vm member-of-public public release
vm member-of-public own-progress message
vm member-of-public own-personal never
vm relative own-progress never
vm solicitor own-progress never
vm media public route
vm under-duress public never
"""
ATOMS = {
    **{f"R:{item}": Need(recognition=item) for item in Recognition},
    **{f"P:{item}": Need(proof=item) for item in Proof},
    **{f"A:{item}": Need(authorities=frozenset({item})) for item in Authority},
    "held": Need(held_address=True),
    "purpose": Need(purpose=True),
}


def read_needs(text: str) -> frozenset[Need]:
    needs = set()
    for alternative in filter(None, text.split("/")):
        need = Need()
        for atom in alternative.split("+"):
            need = need.and_also(ATOMS[atom])
        needs.add(need)
    return frozenset(needs)


def telephone_rows():
    lines = BY_TELEPHONE.strip().split("\n")
    for start in range(0, len(lines), 7):
        for info_class, answer in zip(InfoClass, lines[start + 1 : start + 7], strict=True):
            rule, _, doors = answer.strip().partition(" > ")
            allowed, _, needed = rule.strip().partition(" ")
            yield (
                Kind(lines[start]),
                info_class,
                Allowed(allowed),
                read_needs(needed),
                doors.split(),
            )


ROWS = list(telephone_rows())
EVERY = list(product(Kind, InfoClass, Channel))


def everything(need: Need) -> Standing:
    return Standing(need.recognition, need.proof, need.authorities, need.purpose, need.held_address)


def test_the_table_has_ninety_rows():
    assert len(ROWS) == 90
    assert len({row[:2] for row in ROWS}) == 90


@pytest.mark.parametrize(("kind", "info_class", "allowed", "needs", "doors"), ROWS)
def test_each_telephone_row_is_in_the_pack(kind, info_class, allowed, needs, doors):
    cell = TABLE.cell(kind, info_class, Channel.TELEPHONE)
    assert cell.allowed is allowed
    assert frozenset(cell.needed) == needs
    assert list(dict.fromkeys(doors)) == list(dict.fromkeys(door.to for door in cell.doors))


@pytest.mark.parametrize(("kind", "info_class", "allowed", "needs", "doors"), ROWS)
def test_each_telephone_row_answers_through_the_gate(kind, info_class, allowed, needs, doors):
    nothing = judge(TABLE, kind, info_class, Channel.TELEPHONE)
    if allowed not in OPENING or not needs:
        assert nothing.allowed is allowed
        return
    assert nothing.allowed in {Allowed.CHECK, Allowed.MESSAGE}
    for need in needs:
        verdict = judge(TABLE, kind, info_class, Channel.TELEPHONE, everything(need))
        assert verdict.allowed is allowed


@pytest.mark.parametrize("line", BY_OTHER_CHANNELS.strip().split("\n"))
def test_each_change_of_another_channel_is_in_the_pack(line):
    channel, kind, info_class, allowed, *needed = line.split(" ")
    cell = TABLE.cell(Kind(kind), InfoClass(info_class), Channel(SHORT[channel]))
    assert cell.allowed == allowed
    assert frozenset(cell.needed) == read_needs(needed[0] if needed else "")


@pytest.mark.parametrize(("kind", "info_class", "channel"), EVERY)
def test_every_combination_has_an_answer_and_a_reason(kind, info_class, channel):
    verdict = judge(TABLE, kind, info_class, channel)
    assert verdict.why
    assert verdict.rule == f"{channel}/{kind}/{info_class}"
    assert verdict.may
    assert verdict.pack == TABLE.pack
    if verdict.allowed is Allowed.ROUTE:
        assert verdict.route
    if verdict.base in {Allowed.NEVER, Allowed.ROUTE}:
        assert verdict.allowed is verdict.base
        assert not verdict.check_helps
        assert not verdict.overridable


def test_no_channel_but_a_written_one_ever_opens_what_the_telephone_never_says():
    for kind, info_class in product(Kind, InfoClass):
        if TABLE.cell(kind, info_class, Channel.TELEPHONE).allowed is not Allowed.NEVER:
            continue
        for channel in (Channel.IN_PERSON, Channel.VOICEMAIL, Channel.LETTER, Channel.EMAIL):
            opened = TABLE.cell(kind, info_class, channel).allowed in OPENING
            signed = kind is Kind.ELECTED_REPRESENTATIVE and channel.is_written
            said_by_a_machine = (
                channel is Channel.VOICEMAIL and info_class is InfoClass.OWN_PROGRESS
            )
            assert not opened or signed or said_by_a_machine


def test_whereabouts_and_other_people_are_never_opened_for_the_public_on_any_channel():
    for kind in (Kind.MEMBER_OF_PUBLIC, Kind.RELATIVE, Kind.ANONYMOUS, Kind.CHILD, Kind.MEDIA):
        for info_class in (InfoClass.THIRD_PARTY, InfoClass.SENSITIVE, InfoClass.OPERATIONAL):
            for channel in Channel:
                assert TABLE.cell(kind, info_class, channel).allowed not in OPENING


def test_no_telephone_rule_asks_for_proof():
    for kind, info_class in product(Kind, InfoClass):
        for need in TABLE.cell(kind, info_class, Channel.TELEPHONE).needed:
            assert need.proof is Proof.NONE


def test_a_relative_without_paper_leaves_a_message_and_is_not_checked():
    verdict = judge(TABLE, Kind.RELATIVE, InfoClass.OWN_PROGRESS, Channel.TELEPHONE)
    assert verdict.allowed is Allowed.MESSAGE
    assert not verdict.overridable


def test_a_matter_of_level_is_a_check_and_a_matter_of_paper_is_a_message():
    with_paper = Standing(authorities=frozenset({Authority.CLIENT}))
    with_office = Standing(authorities=frozenset({Authority.ORG}))
    ask = (TABLE, Kind.SOLICITOR, InfoClass.OWN_PROGRESS, Channel.TELEPHONE)
    assert judge(*ask, with_paper).allowed is Allowed.CHECK
    assert judge(*ask, with_office).allowed is Allowed.MESSAGE
    assert judge(*ask).allowed is Allowed.MESSAGE


def test_reading_the_rules_takes_the_address_and_the_purpose_as_given():
    by_letter = explain(TABLE, Kind.MEMBER_OF_PUBLIC, InfoClass.OWN_PROGRESS, Channel.LETTER)
    assert by_letter.allowed is Allowed.RELEASE
    assert any("address held" in text for text in by_letter.only_if)
    shown = Standing(authorities=frozenset({Authority.ORG}))
    own = explain(TABLE, Kind.OWN_FORCE, InfoClass.THIRD_PARTY, Channel.TELEPHONE, shown)
    assert own.allowed is Allowed.PART
    assert any("what they need it for" in text for text in own.only_if)


def test_the_press_office_answers_the_press_even_where_the_class_is_blank():
    verdict = judge(TABLE, Kind.MEDIA, None, Channel.TELEPHONE, Standing(), Circumstances())
    assert verdict.allowed is Allowed.NEVER
    assert verdict.route == "press-office"


def test_a_field_that_is_not_listed_is_operational():
    assert TABLE.class_of("enquiry.received_on") is InfoClass.OWN_PROGRESS
    assert TABLE.class_of("contact_point.address") is InfoClass.SENSITIVE
    assert TABLE.class_of("shoe.size") is InfoClass.OPERATIONAL
