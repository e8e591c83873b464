"""What the bundled fonts can print; the rest is spelled in Latin letters, in brackets."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from anyascii import anyascii

FONTS = Path(__file__).parent / "fonts"
UNKNOWN = "?"
# A name in Chinese characters is one to three of them: family name first, then the given name.
_NAME_LENGTH = 3


@cache
def _unprintable() -> re.Pattern[str]:
    """Give a pattern for a run that no bundled font has; blanks inside the run belong to it."""
    ranges = (FONTS / "coverage.txt").read_text("ascii").split()
    have = "".join(
        f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}"
        for first, _, last in (line.partition("-") for line in ranges)
    )
    missing = f"[^{have}\\n\\t]"
    return re.compile(f"{missing}+(?: {missing}+)*")


def printable(text: str) -> str:
    """Give a text with every run that cannot be printed as it sounds, such as `[Wang Xiaoming]`."""
    return text if text.isascii() else _unprintable().sub(_spell, text)


def _spell(run: re.Match[str]) -> str:
    """Spell one run; characters that only shape their neighbours vanish without a trace."""
    words = [spelled for word in run[0].split(" ") if (spelled := _spell_word(word))]
    if words:
        return f"[{' '.join(words)}]"
    # Joiners and variation selectors have no letter of their own; a pictograph may have none.
    return "" if all(_silent(one) for one in run[0]) else f"[{UNKNOWN}]"


def _spell_word(word: str) -> str:
    """Spell a word: syllables of Chinese apart or as a name, other letters as they sound."""
    if all(_is_han(one) for one in word):
        syllables = [anyascii(one).strip() for one in word]
        if 1 < len(syllables) <= _NAME_LENGTH:
            return f"{syllables[0]} {''.join(syllables[1:]).capitalize()}"
        return " ".join(filter(None, syllables))
    spelled = re.sub(r":([a-z0-9_-]+):", r" \1 ", anyascii(word))
    return " ".join(re.sub(r"[^!-~]+", " ", spelled.replace("[", "(").replace("]", ")")).split())


def _is_han(character: str) -> bool:
    """Whether this is a Chinese character."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _silent(character: str) -> bool:
    """Whether a character only shapes its neighbours (joiners, variation selectors)."""
    return character in "\u200c\u200d" or "\ufe00" <= character <= "\ufe0f"
