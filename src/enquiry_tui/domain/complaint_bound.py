"""What binds the authority in a complaint: the IOPC's answer to a referral, a yes of the ten lines.

Both are tables: what they name, in the names of the pack `complaints`. A name that an office's
own pack does not have binds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# The IOPC's answer to a referral, and the ways of handling that it leaves open. Where it sends it
# back without a form, how it is handled is the authority's. Police Reform Act 2002 Sch 3 paras 5
# and 15.
LOCAL_INVESTIGATION = "local investigation"
RETURNED = ("reasonable and proportionate handling", LOCAL_INVESTIGATION)
_LEFT_OPEN: Mapping[str, frozenset[str]] = {
    LOCAL_INVESTIGATION: frozenset({"investigation", "special"}),
}


def may_be_handled(answer: str, route: str) -> bool:
    """Say whether the IOPC's answer leaves a way of handling open; no answer leaves each."""
    ways = _LEFT_OPEN.get(answer)
    return ways is None or route in ways


_CRIME = "crime-or-discipline"
_KIND = "mandatory-referral"
# A yes of the ten lines, and the grounds that it is: a complaint of such a kind is recorded,
# whatever anybody wants. Police Reform Act 2002 Sch 3 para 2; 2020 Regulations reg 4. That the IOPC
# called it in, or that it is grave, is by itself no ground for recording.
_GROUNDS: Mapping[str, tuple[str, ...]] = {
    "death-or-serious-injury": ("death-or-serious-injury", _KIND),
    "serious-assault": (_CRIME, _KIND),
    "serious-sexual-offence": (_CRIME, _KIND),
    "serious-corruption": (_CRIME, _KIND),
    "aggravated-by-discrimination": (_CRIME, _KIND),
    "relevant-offence": (_CRIME, _KIND),
    "same-incident": (_KIND,),
    "chief-officer": (_CRIME, _KIND),
}


def grounds_forced(yes: Iterable[str]) -> dict[str, str]:
    """Give each ground that the lines answered yes are, with the first line that says so."""
    forced: dict[str, str] = {}
    for line in yes:
        for ground in _GROUNDS.get(line, ()):
            forced.setdefault(ground, line)
    return forced


def says_crime(yes: Iterable[str]) -> str:
    """Give the first line answered yes that says crime or discipline; blank where none does."""
    return grounds_forced(yes).get(_CRIME, "")
