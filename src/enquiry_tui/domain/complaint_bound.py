"""What binds the authority in a complaint: the IOPC's answer to a referral, a yes of the ten lines.

Both are tables: what they name, in the names of the pack `complaints`. A name that an office's
own pack does not have binds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

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
