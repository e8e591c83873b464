"""What an office sets for who may act for whom, for agencies, and for changed numbers."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.domain.agencies import RequestRules
from enquiry_tui.domain.authorities import AuthorityBook


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """The authority pack; a number or address changed in the last days is pointed out."""

    authorities: AuthorityBook
    requests: RequestRules
    point_change_days: int
