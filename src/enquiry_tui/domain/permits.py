"""What a verdict lets a line of the disclosure ledger do."""

from __future__ import annotations

from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.vocabulary import Allowed, Channel, Decision, InfoClass, Route

NOT_GATED = frozenset({Route.SHARED, Route.EMERGENCY, Route.INTERNAL, Route.INCIDENT})


def permits(verdict: Verdict, decision: Decision, route: Route | None) -> bool:
    """Say whether the gate lets this decision go by this route.

    A decision without content gives nothing away and is always open. Lines that are shared,
    internal, an emergency or an incident are not the gate's to stop: their own rules hold them
    (lawful basis, recipient).
    """
    if decision is Decision.ANSWER_TO_HELD:
        return route is Route.HELD and verdict.held
    if not decision.has_content:
        return route not in {Route.HELD, Route.OVERRIDE}
    match route:
        case Route.TOLD:
            return not verdict.channel.is_written and _opens(verdict, decision)
        case Route.WRITTEN:
            confirmed = verdict.held_address or verdict.info_class is InfoClass.PUBLIC
            return confirmed and _opens(verdict, decision)
        case Route.OVERRIDE:
            return verdict.overridable and _within(verdict.base, decision)
        case _:
            return route in NOT_GATED


def proposed(verdict: Verdict) -> Decision:
    """Return the decision that `Enter` makes: the verdict in its own words."""
    match verdict.allowed:
        case Allowed.RELEASE:
            return Decision.RELEASE
        case Allowed.PART:
            return Decision.PART
        case Allowed.ROUTE:
            return Decision.ROUTE
        case Allowed.NEVER:
            return Decision.REFUSE
        case _:
            return Decision.ANSWER_TO_HELD if _held_is_the_answer(verdict) else Decision.MESSAGE


def decisions(verdict: Verdict) -> tuple[tuple[Decision, bool], ...]:
    """Return the seven decisions, the proposed one first, then the allowed, then the rest."""
    first = proposed(verdict)
    speaking = Route.WRITTEN if verdict.channel is Channel.LETTER else Route.TOLD
    speaking = Route.WRITTEN if verdict.channel is Channel.EMAIL else speaking
    open_now = {
        item: permits(verdict, item, speaking)
        or permits(verdict, item, Route.HELD)
        or permits(verdict, item, None)
        for item in Decision
    }
    ordered = sorted(Decision, key=lambda item: (item is not first, not open_now[item]))
    return tuple((item, open_now[item]) for item in ordered)


def _opens(verdict: Verdict, decision: Decision) -> bool:
    return verdict.opens and _within(verdict.allowed, decision)


def _within(allowed: Allowed, decision: Decision) -> bool:
    if decision is Decision.RELEASE:
        return allowed is Allowed.RELEASE
    return decision is Decision.PART and allowed in {Allowed.RELEASE, Allowed.PART}


def _held_is_the_answer(verdict: Verdict) -> bool:
    return verdict.held and verdict.base is Allowed.MESSAGE
