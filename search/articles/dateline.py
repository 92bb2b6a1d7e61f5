"""The dateline: the words before the first sentence that say where, when and by whom an article was filed.

Agencies agree on its parts and on nothing else, so the parts are taken off a candidate from its ends, in any order,
until only a place is left. A candidate ends where datelines end: at a dash, at an agency between slashes or brackets,
or at a full stop behind a date. It is a dateline only with enough to show for it: a date, an agency, or a place in
capitals. Everything looks at the first characters only, so a text of any length costs the same.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from search.articles.model import Dateline
from search.articles.wire.agencies import agency_in_brackets, known_agency
from search.articles.wire.dates import Day, leading_day, trailing_day
from search.articles.wire.places import town

_REACH = 200  # no dateline is longer, a byline before it included
_SEPARATORS = " \t\n.,:;-–—_*"

_ENDS = re.compile(
    r"(?=[-–—_/.:]|\s(?<=[)\]\d]\s)|\Z)(?:"  # nothing else can begin one, and most characters are something else
    r"(?:(?<=[\s.,)\]/])[-–—_]+|(?<=[\w*’'])(?:--+|[–—]+|[-_]+(?=\s|$)))(?:\s*[-–—_]+)*\s*"  # a dash
    r"|(?<=[\s.])/[^/\n]{2,30}/(?:[\s.]*[-–—]*)\s*"  # /TASS/.
    r"|(?<=[)\]])[.:]?\s+(?=[^\W\da-z_]|[\"“«‘'])"  # (IANS) and the sentence begins
    r"|(?<=\d)\.\s+(?=[^\W\da-z_]|[\"“«‘'])"  # February 4. and the sentence begins
    r"|(?<=[\w)]):\s+"
    r"|(?<=[)\]\d])[.:]?\s*\Z)"  # a line of its own
)
_NOTED = "[Cc]orrect|[Uu]pdate|[Aa]dd|[Rr]ecast|[Rr]efile|[Rr]epeat|[Cc]larif"
_OPENING = re.compile(  # stars and stray characters of the transmission, a note in brackets
    rf"[\s*>\-–—]*(?:[a-z0-9]\s+(?=[A-Z]{{2}})|RPT\s[\s-]*)?(?:\([^()]{{0,30}}\b(?:{_NOTED})[^()]{{0,300}}\)\s*)?"
)
_BYLINE = re.compile(
    r"By\s{1,3}(?:(?>(?:(?=[\w'’-]{0,30}[a-z])[^\W\d_][\w'’-]*|[A-Z])[,.]{0,2}\s{1,3}|&\s)){1,12}(?=[A-Z]{2})"
    r"|(?:By|BY)\s[^\n]{3,80}?(?:\s{3,}|\n\s*)(?=\S)"
    r"|By\s[A-Z][A-Z'’.-]+\s(?:(?:[A-Z]\.|AL|BIN|DA|DE|DEL|DER|DI|EL|LA|VAN|VON)\s){0,3}[A-Z][A-Z'’-]+\s"  # two names
    r"(?=[A-Z][A-Z .'’-]{1,40}(?:,\s[A-Z][\w. ]{1,30})?\s\([A-Z])"
)
_BRACKETS = re.compile(r"(?:\(|\[(?=[^\]]*$))\s*([^()\[\]]{1,60}?(?:\[[^()\[\]]{1,12}\])?)\s*[)\]]$")
_SLASHES = re.compile(r"/\s*([^/]{2,30}?)\s*/$")
_LAST_WORDS = re.compile(r"(?:^|(?<=[\s,.\d]))([^\W\d_][\w.-]{1,20}(?:\s[^\W\d_][\w.-]{1,20})?)$")
_LEADING_BRACKETS = re.compile(r"\(\s*([^()]{1,40}?)\s*\)\s*[-–—_]*\s*")
_LEADING_NAME = re.compile(r"([\w.'’ ]{2,30}?)\s+[-–—_]+\s+")
_PLACE = re.compile(r"[^\W\d_]+(?:(?:-|[ .'’]{1,3})[^\W\d_]+)*\.?(?:\s?\([^()]{2,40}\))?")
_AND = re.compile(r"/|\s+(?:and|AND|&)\s+(?=[A-Z]{2})")
_SENTENCE_WORDS = """
a an as at after before between by during early for from if in into its it late now on only or over position since so
than that these this those to today tomorrow tonight under until was we when where which while who with yesterday you
"""
_LABEL_WORDS = """
ADVISORY ALERT ANALYSIS ANSWER ATTENTION BREAKING BRIEF BRIEFS BULLETIN CLOSE COMMENT COMMENTARY CORRECTED CORRECTION
EDITOR EDITORIAL EXCLUSIVE EXPLAINER EXTRA FACTBOX FEATURE FIXTURE FIXTURES FLASH FOCUS GRADE HIGHLIGHT HIGHLIGHTS
INTERVIEW ISIS LATE LATEST LEAD LISTEN LIVE NASA NATO NEWSMAKER NOTE OPEC OPINION PHOTO PHOTOS POLL PREVIEW PROFILE
QUESTION RECAP REFILE REPEAT RESULTS REVIEW SCHEDULE SPOILER STANDINGS SUMMARY TABLE TIMELINE UNESCO UNICEF UPDATE
UPDATED URGENT VIDEO WARNING WATCH WITNESS WRAP WRAPUP
"""
_NO_PLACE = frozenset(_SENTENCE_WORDS.split())
_NO_LAST = frozenset({"of", "at", "in", "on", "for", "by"})
_NO_MIDDLE = frozenset({"at", "to", "for", "by", "with", "from", "was", "is", "has", "said"})
_LABELS = frozenset(_LABEL_WORDS.split())


class Found(Struct, frozen=True):
    """A dateline, its day (`Dateline.date` is set only where it states the year), and where the sentence begins."""

    dateline: Dateline
    day: Day | None
    end: int
    byline: str | None = None


class _Parts(Struct, frozen=True):
    places: tuple[str, ...]
    day: Day | None
    dated: bool
    agency: str | None


def find_dateline(text: str) -> Found | None:
    """The dateline that a paragraph opens with, or None."""
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    head = text[: start + _REACH]
    byline = _BYLINE.match(head, start) if head.startswith(("By", "BY"), start) else None
    start = byline.end() if byline else start
    best: tuple[_Parts, re.Match[str]] | None = None
    for end in _ENDS.finditer(head, start):
        parts = _candidate(head, start, end)
        if parts:
            best = parts, end
        elif best or end.start() > start + 160:
            break
    if not best:
        return None
    parts, end = best
    raw = head[start : end.end()].strip()
    return Found(_dateline(raw, parts), parts.day, end.end(), byline.group().strip() if byline else None)


def read_dateline(text: str) -> Found | None:
    """A dateline that stands alone, as metadata has it: "Oslo" and "NEW YORK" are enough there."""
    stated = text.strip()
    if found := find_dateline(f"{stated} -" if stated[-1:] not in "-–—_" else stated):
        return replace(found, dateline=replace(found.dateline, raw=stated))
    parts = _taken_apart(stated.strip(_SEPARATORS)) if len(stated) < 80 else None
    if not parts or not parts.places:
        return None
    return Found(_dateline(stated, parts), parts.day, len(stated))


def _dateline(raw: str, parts: _Parts) -> Dateline:
    towns = tuple(dict.fromkeys(name for name in map(town, parts.places) if name))
    date = parts.day.iso() if parts.day else None
    return Dateline(raw, towns[0] if towns else None, towns, date, parts.agency)


def _candidate(head: str, start: int, end: re.Match[str]) -> _Parts | None:
    """The parts of what stands before `end`, if together they make a dateline."""
    mark = end.group().strip()
    stop = end.end() if mark.startswith("/") else end.start()
    text = head[start:stop]
    if text.count("(") > text.count(")") or "\n\n" in text:
        return None
    parts = _taken_apart(text.strip(_SEPARATORS))
    return parts if parts and _convincing(parts, mark) else None


def _convincing(parts: _Parts, mark: str) -> bool:
    """Whether the parts show that this is a dateline and no sentence, label or ticker."""
    dash = mark[:1] != "" and mark[:1] in "-–—_"
    if not parts.places:
        return bool(parts.agency) and (parts.dated or dash)
    capitals = _in_capitals(parts.places[0])
    if mark.startswith("/") or dash:
        return parts.dated or parts.agency is not None or (dash and capitals and _stands_alone(parts.places))
    if mark == ":":
        return parts.dated and (parts.agency is not None or capitals)
    return _sure_agency(parts) if parts.agency else capitals and parts.dated


def _sure_agency(parts: _Parts) -> bool:
    return parts.agency is not None and (parts.dated or known_agency(parts.agency) is not None)


def _stands_alone(places: tuple[str, ...]) -> bool:
    """Whether capitals alone, with no date and no agency, may be taken for a place."""
    words = re.findall(r"[^\W\d_]+", places[0].split(",")[0])
    if any(word in _LABELS for word in words) or known_agency(places[0]):
        return False
    return sum(map(len, words)) > 3 or "," in places[0]


def _in_capitals(place: str) -> bool:
    words = re.findall(r"[^\W\d_]+", place.split(",")[0].split("(")[0])
    capitals = [word.removeprefix("Mc").isupper() for word in words]
    return bool(words) and capitals[0] and all(up or word.islower() for up, word in zip(capitals, words, strict=True))


def _taken_apart(text: str) -> _Parts | None:
    """Agency and date taken off both ends in any order; None unless only places are left."""
    rest, leading = _without_leading_agency(text)
    agency: str | None = None
    day: Day | None = None
    dated = False
    for _ in range(2):
        if not dated and (ending := trailing_day(rest)):
            day, rest, dated = ending[0], rest[: ending[1]].rstrip(_SEPARATORS), True
        elif not agency and (named := _trailing_agency(rest, dated)):
            agency, rest = named[0], rest[: named[1]].rstrip(_SEPARATORS)
    if not dated and (beginning := leading_day(rest)) and not rest[beginning[1] :].strip(_SEPARATORS)[:1].islower():
        day, rest, dated = beginning[0], rest[beginning[1] :].lstrip(_SEPARATORS), True
    agency = agency or leading
    places = _places(rest, sure=dated or agency is not None)
    return None if places is None else _Parts(places, day, dated, agency)


def _without_leading_agency(text: str) -> tuple[str, str | None]:
    if text.startswith("(") and (found := _LEADING_BRACKETS.match(text)):
        name = agency_in_brackets(found[1])
        return (text[found.end() :], name) if name else (text, None)
    if (found := _LEADING_NAME.match(text)) and (name := known_agency(found[1])):
        return text[found.end() :], name
    return ("", name) if (name := known_agency(text)) else (text, None)


def _trailing_agency(text: str, dated: bool) -> tuple[str, int] | None:
    """The agency that the text ends with, and where it begins; a country in brackets is none."""
    last = text[-1:]
    if found := _SLASHES.search(text) if last == "/" else _BRACKETS.search(text) if last in {")", "]"} else None:
        name = agency_in_brackets(found[1])
        return (name, found.start()) if name else None
    found = _LAST_WORDS.search(text)
    for start in dict.fromkeys((found.start(1), found.start(1) + found[1].rfind(" ") + 1)) if found else ():
        before = text[:start].rstrip()
        name = known_agency(text[start:])
        if name and (dated or before[-1:] in {"", ",", "."} or trailing_day(before.rstrip(_SEPARATORS))):
            return name, start
        if not dated and text[start].isupper() and before[-1:].isdigit() and trailing_day(before):
            return text[start:], start  # Dec. 9 Kyodo: whoever stands there, with nothing between
    return None


def _places(text: str, *, sure: bool) -> tuple[str, ...] | None:
    """The places that a text names and nothing but them, each with its state; None where it holds anything else."""
    if not text:
        return ()
    if len(text) > 120:
        return None
    parts = tuple(part.strip(" ,.") for part in _AND.split(text))
    return parts if all(_is_place(part, sure) for part in parts) else None


def _is_place(text: str, sure: bool) -> bool:
    pieces = [piece.strip() for piece in text.split(",") if piece.strip(" .")]
    if not pieces or len(pieces) > 4 or _is_label(pieces[0]):
        return False
    return _is_name(pieces[0], 7, sure) and all(_is_name(piece, 4, sure) for piece in pieces[1:])


def _is_label(text: str) -> bool:
    """Whether a text opens or ends as no place does, or holds what no place holds between."""
    words = text.casefold().split()
    return words[0] in _NO_PLACE or words[-1] in _NO_LAST or not _NO_MIDDLE.isdisjoint(words)


def _is_name(text: str, most_words: int, sure: bool) -> bool:
    if len(text) > 50 or not _PLACE.fullmatch(text):
        return False
    words = text.partition("(")[0].replace("-", " ").split()
    small = [word for word in words if word[0].islower() and len(word) > 3]
    if len(words) > most_words:
        return False
    return not small or (sure and len(words) <= 3 and (len(small) == len(words) or small == words[1:]))
