"""One spelling for one name: the rule by which a speaker's name, as an article writes it, becomes the one shown.

The same name is set in type in several ways, and that alone must not make two speakers of one. What is evident from
the name itself is done here, whatever article it stands in:

1. Letters are composed (NFC); invisible characters are dropped, blanks made single.
2. Apostrophes are straight, hyphens and dashes are hyphens: "O’Brien‑Hale" is "O'Brien-Hale".
3. Initials stand close: "J. K. Marrow" is "J.K. Marrow". Abbreviations that are all of a name have no stops: "F.B.I."
   is "FBI", as is "F.B.I" at the end of a sentence.
4. "Carl Benn, Jr" is "Carl Benn Jr."; the same for "Sr.".
5. Two to four words in capitals are set in ordinary ones ("ILVA MORN" is "Ilva Morn"), unless one of them may be an
   acronym or shows a body's name ("USA TODAY", "BFM TV", "ABC NEWS").

What can be two people is left: another transliteration (Dmitry, Dmitri), a middle name or initial more or less, a
missing accent. Those come together where the whole archive speaks for it (`variants.py`), the rest by `aliases.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from search.articles.speech.lexicon import BODY_WORDS
from search.articles.wire.agencies import known_agency
from search.articles.wire.places import titled

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´′＇"), "'")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TYPE = _APOSTROPHES | _HYPHENS | _INVISIBLE
_INITIALS = re.compile(r"\b([^\W\d_]\.) (?=[^\W\d_]\.)")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_JUNIOR = re.compile(r",? (jr|sr)\.?$", re.IGNORECASE)
_CAPITALS = re.compile(r"(?:[^\W\d_a-z]['.-]?)+")


@lru_cache(maxsize=65_536)
def spelled(name: str) -> str:
    """The name in the spelling that all articles share."""
    plain = " ".join(unicodedata.normalize("NFC", name.translate(_TYPE)).split())
    if _ABBREVIATION.fullmatch(plain):
        return plain.replace(".", "")
    plain = _INITIALS.sub(r"\1", plain)
    suffix = _JUNIOR.search(plain)
    if suffix:
        return f"{_ordinary(plain[: suffix.start()])} {suffix[1].capitalize()}."
    return _ordinary(plain)


def _ordinary(name: str) -> str:
    """A name in capitals set in ordinary ones, where it is a person's as far as one can see."""
    words = name.split()
    if not (name.isupper() and 2 <= len(words) <= 4 and all(map(_CAPITALS.fullmatch, words))):
        return name
    if known_agency(name) or any(word.casefold() in BODY_WORDS for word in words):
        return name
    ordinary = titled(name, acronyms=True)
    return name if any(word.isupper() and "." not in word for word in ordinary.split()) else ordinary
