"""Place names as datelines write them: upper-case copy set back into words, states and countries told from towns."""

from __future__ import annotations

import re
from functools import lru_cache

_SMALL_WORDS = """
of the and in on upon de del della der den di do dos da das du es am an ad al au aux en et sur sous van von y zu near
"""
_ARTICLES = frozenset({"la", "las", "los", "le", "les", "el"})  # small behind another small word only: Luis de la Reina
_CAPITALS = "USS HMS UN US UK EU UAE USA USSR PRC DC NATO II III IV IDF TV FM RPC YSU KW"
_REGION_NAMES = """
afghanistan; albania; algeria; andorra; angola; antigua; argentina; armenia; australia; austria; azerbaijan;
bahamas; bahrain; bangladesh; barbados; belarus; belgium; belize; benin; bermuda; bhutan; bolivia; bosnia; bosnia-
herzegovina; botswana; brazil; brunei; bulgaria; burkina faso; burma; burundi; cambodia; cameroon; canada; cape
verde; chad; chile; china; colombia; comoros; congo; costa rica; croatia; cuba; cyprus; czech republic;
czechoslovakia; denmark; djibouti; dominica; dominican republic; east germany; east timor; ecuador; egypt; el
salvador; england; eritrea; estonia; eswatini; ethiopia; fiji; finland; france; frg; gabon; gambia; gaza strip; gdr;
georgia; germany; ghana; great britain; greece; greenland; grenada; guatemala; guinea; guyana; haiti; honduras; hong
kong; hungary; iceland; india; indonesia; iran; iraq; ireland; israel; italy; ivory coast; jamaica; japan; jordan;
kazakhstan; kenya; kosovo; kuwait; kyrgyzstan; laos; latvia; lebanon; lesotho; liberia; libya; liechtenstein;
lithuania; luxembourg; macedonia; madagascar; malawi; malaysia; maldives; mali; malta; mauritania; mauritius;
mexico; moldova; monaco; mongolia; montenegro; morocco; mozambique; myanmar; namibia; nepal; netherlands; the
netherlands; new zealand; nicaragua; niger; nigeria; north korea; northern ireland; norway; oman; pakistan; panama;
papua new guinea; paraguay; peru; philippines; poland; portugal; prc; puerto rico; qatar; romania; russia; rwanda;
samoa; saudi arabia; scotland; senegal; serbia; seychelles; sierra leone; singapore; slovakia; slovenia; somalia;
south africa; south korea; south sudan; soviet union; spain; sri lanka; sudan; suriname; swaziland; sweden;
switzerland; syria; taiwan; tajikistan; tanzania; thailand; togo; trinidad and tobago; tunisia; turkey;
turkmenistan; uganda; uk; ukraine; united arab emirates; united kingdom; united states; uruguay; us; usa; ussr;
uzbekistan; vatican; venezuela; vietnam; wales; west bank; west germany; yemen; yugoslavia; zaire; zambia; zimbabwe
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_ACRONYMS = frozenset(_CAPITALS.split())
_REGIONS = frozenset(" ".join(name.split()) for name in _REGION_NAMES.split(";"))
_STATES = (
    "Ala|Alta|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Man|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|"
    "Ont|Ore|Pa|Que|Sask|Tenn|Tex|Va|Vt|Wash|Wis|Wyo"
)
_TRAILING_STATE = re.compile(
    rf"\s(?:[A-Z][a-z]{{1,5}}\.|(?<=[A-Z]{{2}} )(?:{_STATES})|D\.?C\.?|(?<=[a-z] )[A-Z]{{2}}|\([^()]{{2,40}}\))$"
)
_WORD_PARTS = re.compile(r"([^\W\d_]+)(['’]?)", re.UNICODE)


def is_region(text: str) -> bool:
    """Whether a name is a country's or a territory's, so that in brackets it places a town and names no agency."""
    return text.strip(" .").casefold() in _REGIONS


@lru_cache(maxsize=16384)
def town(text: str) -> str:
    """The town alone, in ordinary capitals: "FERGUSON, Mo." -> "Ferguson", "TEL AVIV (ISRAEL)" -> "Tel Aviv"."""
    name = text.split(",")[0].strip()
    while found := _TRAILING_STATE.search(name):
        name = name[: found.start()].strip()
    return titled(name.strip(" ."))


def titled(name: str, *, acronyms: bool = False) -> str:
    """A name in ordinary capitals: "KING OF PRUSSIA" -> "King of Prussia", "N'DJAMENA" -> "N'Djamena".

    A word that is already in mixed case stays ("LaFox"), unless it is upper case with a slip ("WALtHAM"). With
    `acronyms`, a short word alone and words that nobody can pronounce stay in capitals ("Radio Cadena YSKL").
    """
    words = name.split()
    whole = acronyms and len(words) == 1
    before = ["", *words]
    return " ".join(_titled_word(word, last, acronyms, whole) for last, word in zip(before, words, strict=False))


def _titled_word(word: str, before: str, acronyms: bool, whole: bool) -> str:
    if word.upper() in _ACRONYMS and word.isupper():
        return word
    if word.isupper() or word.islower():
        small = word.casefold() in _PARTICLES or (word.casefold() in _ARTICLES and before.casefold() in _PARTICLES)
        if small or word.casefold() in _ARTICLES:
            return word.lower() if small and before else word.capitalize()
    if acronyms and word.isupper() and _acronym(word, whole):
        return word
    pieces = word.split("-")
    return "-".join(_titled_piece(piece, index) for index, piece in enumerate(pieces))


def _acronym(word: str, whole: bool) -> bool:
    return len(word) <= 5 if whole else _VOWEL.search(word) is None


def _titled_piece(piece: str, index: int) -> str:
    if index and piece.casefold() in _PARTICLES:
        return piece.lower()
    upper = sum(c.isupper() for c in piece)
    lower = sum(c.islower() for c in piece)
    if upper and lower and (upper == 1 or upper <= lower):
        return piece
    return _MC.sub(lambda found: found[1] + found[2].upper(), _WORD_PARTS.sub(_capitalised, piece))


_VOWEL = re.compile("[AEIOUYÁÉÍÓÚ]")
_MC = re.compile(r"\b(Mc)([a-z])(?=[a-z]{2})")


def _capitalised(found: re.Match[str]) -> str:
    word, mark = found[1], found[2]
    before = found.string[found.start() - 1] if found.start() else ""
    if before in {"'", "’"} and len(word) == 1:
        return word.lower() + mark  # St. John's
    if mark and word.casefold() in {"d", "l"} and found.start() == 0:
        return (word.lower() if word.casefold() == "d" else word.upper()) + mark
    return word.capitalize() + mark
