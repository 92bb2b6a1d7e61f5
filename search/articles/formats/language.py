"""A light guess at the language of a text: its script, and among Latin scripts the small words that it uses most."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

_SAMPLE = 800  # characters that are looked at
_LEAST_WORDS = 3  # small words that must be found; fewer prove nothing

_SMALL_WORDS = {
    "en": "the of and to in that is was for on with by said at from has are have its it an as be will which not vs",
    "de": "der die das und ist nicht von mit den dem zu auf für im ein eine des wurde sich auch",
    "fr": "le la les et des est une un du dans pour que qui sur avec au par pas ont",
    "es": "el la los las y de que en del por con para una un se su al es",
    "it": "il la di che e una un per del della con non sono gli nel alla è",
    "pt": "e de da em um uma para com não dos que na pelo foi mais",
    "nl": "de het een van en is dat op te zijn met voor niet aan door",
    "da": "og det er en til af på som for den med de har ikke",
}
_OF_WORD: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _OF_WORD[_word] = (*_OF_WORD.get(_word, ()), _language)

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0456\u0457\u0454\u0491]"), "uk"),
    (re.compile("[\u0400-\u04ff]"), "ru"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language that a text is most likely in; None where nothing tells."""
    sample = text[:_SAMPLE]
    return _by_script(sample) or _by_words(sample)


def stated_language(tag: str | None) -> str | None:
    """The language of a BCP 47 tag: "en-US" -> "en"; None for what is no tag."""
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", tag or "")
    return found.group().lower() if found else None


def _by_script(sample: str) -> str | None:
    if sample.isascii():
        return None
    letters = sum(map(str.isalpha, sample))
    for script, language in _SCRIPTS:
        share = len(script.findall(sample))
        if share * (40 if language == "uk" else 8) > letters and not (language == "zh" and share < 2):
            return language
    return None


def _by_words(sample: str) -> str | None:
    small = filter(None, map(_OF_WORD.get, sample.lower().split()))
    counts = Counter(chain.from_iterable(small))
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best and counts[best] >= _LEAST_WORDS else None
