"""How names sound: a key that is the same for `McGillycuddy` and `Makgillicuddy`."""

from __future__ import annotations

import re
from functools import lru_cache

from enquiry_tui.domain.text import fold_words

# Names that are not said as they are written, with a spelling that is. Variants that people write
# by ear come to the same key by the rules below.
SAID_AS: dict[str, str] = {
    "agnieszka": "agneshka", "aoife": "eefa", "aisling": "ashling", "beauchamp": "beecham",
    "caoimhe": "keeva", "kweeva": "keeva", "cholmondeley": "chumley", "ciara": "keera",
    "ciaran": "keeran", "colquhoun": "cahoon", "dalziel": "deel", "eilidh": "aylee",
    "eoghan": "owen", "euan": "ewan", "farquhar": "farker", "featherstonehaugh": "fanshaw",
    "geoff": "jeff", "geoffrey": "jeffry", "graham": "graym", "grahame": "graym",
    "graeme": "graym", "grainne": "grawnya", "ieuan": "yeyan", "joaquin": "wakeen",
    "leicester": "lester", "llewellyn": "lewellin", "mairead": "mawrade", "mainwaring": "mannering",
    "marjoribanks": "marchbanks", "menzies": "mingis", "michael": "mikel", "naomh": "neev",
    "neve": "neev", "niamh": "neev", "nguyen": "nwin", "oisin": "osheen", "padraig": "porrick",
    "roisin": "rosheen", "ruairi": "rory", "ruaridh": "rory", "saoirse": "seersha",
    "sadhbh": "sive", "seamus": "shaymus", "sean": "shawn", "sian": "sharn", "shan": "sharn",
    "sinead": "shinade", "siobhan": "shivawn", "strachan": "strawn", "tadhg": "tyge",
    "urquhart": "urkut", "xavier": "zavier", "xiao": "shao", "zhang": "jang",
}  # fmt: skip

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^ma?[ckg]+(?=[bcdfgjklmnpqrstvwxz])", "mk"),
        ("^(?:kn|gn|pn)", "n"),
        ("^ps", "s"),
        ("^wr", "r"),
        ("^rh", "r"),
        ("^wh", "w"),
        ("^x", "s"),
        ("mb$", "m"),
        ("^ge", "je"),
        ("dg(?=[eiy])", "j"),
        ("sch|tch|sh|ch|cz|sz", "S"),
        ("ph", "f"),
        ("ght", "t"),
        ("(?<=.)gh(?![aeiou])", ""),
        ("[bm]h", "f"),
        ("d?th|dt", "t"),
        ("c(?=[eiy])", "s"),
        ("x", "ks"),
        ("[ckgq]+", "k"),
        ("z", "s"),
        ("v", "f"),
        ("^y(?=[aeiou])", "Y"),
        ("^[aeiouy]+", "A"),
        ("(?<=.)[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def sound_of(word: str) -> str:
    """Return the sound of one folded word: consonants by their sound, `A` for a vowel in front."""
    word = SAID_AS.get(word, word)
    if word.isdigit():
        return word
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


def sound_words(text: str) -> tuple[str, ...]:
    """Return the sound of each word of a text, for an index of sounds."""
    return tuple(filter(None, map(sound_of, fold_words(text))))
