"""What may be a passphrase, and the ones that the program makes itself."""

from __future__ import annotations

import secrets
import unicodedata

from enquiry_tui.vault.encoding import crockford, grouped
from enquiry_tui.vault.errors import PassphraseRefused

SHORTEST = 15  # characters; NIST SP 800-63B-4 and ASVS 5 for a single factor
LONGEST = 128
_DISTINCT = 5
_TEMPORARY_SYMBOLS = 20  # 100 bits

# Long enough to pass the length rule and first to be tried: well-known examples, keyboard walks
# and the words of an office like this one. Compared without case, spaces and punctuation.
_WELL_KNOWN = """
passwordpassword passwordpassword1 passwordpassword123 passphrasepassphrase mypasswordispassword
thisismypassword thisismypassphrase correcthorsebatterystaple correcthorsebatterystaple1
qwertyuiopasdfgh qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm qwertyuiop123456
qwertyuiop1234567890 1qaz2wsx3edc4rfv 123456789012345 1234567890123456 12345678901234567890
abcdefghijklmno abcdefghijklmnopqrstuvwxyz letmeinletmeinletmein iloveyouiloveyou
administratoradministrator administrator123 welcomewelcome1 welcometotheoffice changemechangeme
changemechangeme1 chiefconstable1 chiefconstable123 chiefconstablesoffice
policeandcrimecommissioner policepolicepolice policeheadquarters constabularyconstabulary
enquirydeskenquirydesk enquirydesk12345 frontdeskfrontdesk officeofthepoliceandcrimecommissioner
"""
_BLOCKED = frozenset(_WELL_KNOWN.split())


def secret_bytes(passphrase: str) -> bytes:
    """Give the bytes that Argon2 sees: NFC (the same letters typed on another keyboard), UTF-8.

    A lone surrogate cannot be typed and is replaced; it never raises.
    """
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")


def demand_strong(passphrase: str, handle: str = "") -> None:
    """Check a new passphrase: length and well-known ones, no rule of composition.

    Raises PassphraseRefused. 15 to 128 characters after NFC (ASVS 5, 6.2.1 and 6.2.9).
    """
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < SHORTEST:
        raise PassphraseRefused(
            "The passphrase is too short",
            f"At least {SHORTEST} characters: five unrelated words make a good one.",
        )
    if len(text) > LONGEST:
        raise PassphraseRefused("The passphrase is too long", f"At most {LONGEST} characters.")
    if any(unicodedata.category(symbol) in {"Cc", "Cs", "Cn"} for symbol in text):
        raise PassphraseRefused(
            "The passphrase holds characters that cannot be typed", "Use letters, figures, signs."
        )
    bare = "".join(symbol for symbol in text.casefold() if symbol.isalnum())
    own = "".join(symbol for symbol in handle.casefold() if symbol.isalnum())
    repeats_handle = bool(own) and not bare.replace(own, "")
    if bare in _BLOCKED or repeats_handle or len(set(text.casefold())) < _DISTINCT:
        raise PassphraseRefused(
            "That passphrase is among the first that anybody would try",
            "Five unrelated words make a good one.",
        )


def temporary() -> str:
    """Make a passphrase of 100 bits for another officer's first sign-in."""
    number = secrets.randbits(5 * _TEMPORARY_SYMBOLS)
    return grouped(crockford(number, _TEMPORARY_SYMBOLS), 5)
