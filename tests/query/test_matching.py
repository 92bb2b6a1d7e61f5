"""Where in a text a query matches."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis
from search.fields import DocumentKind
from search.query import matching
from search.query.matching import Matcher, merged
from search.query.nodes import Character, Fuzzy, Leaf, Near, Or, Phrase, Prefix, Term
from search.query.results import Span
from search.query.syntax import parse


def marked(q: str, text: str, field: str | None = "body", documents: DocumentKind = "article") -> list[str]:
    """The marked parts of a text."""
    marks = merged(Matcher(parse(q).node, documents).find(text, field))
    return [text[mark.start : mark.end] for mark in marks]


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ("minister", "The ministers, Minister Ruhl's MINISTER’S plan", ["ministers", "Minister", "MINISTER’S"]),
        ("ministry minister", "The minister left.", ["minister"]),
        ("zurich", "In Zürich, not Zurichberg", ["Zürich"]),
        ("US", "the U.S. and the US", ["U.S.", "US"]),
        ("250000", "some 250,000 tonnes", ["250,000"]),
        ("россия", "в России и России", ["России", "России"]),
        ("中国人", "在中国人民中", ["中国人"]),
        ("dying", "They die, lie and vie", ["die"]),
        ("-port ship", "port and ship", ["ship"]),
        ("date:2022 port", "port 2022", ["port"]),
    ],
)
def test_every_form_of_a_word_is_marked(q: str, text: str, expected: list[str]) -> None:
    assert marked(q, text) == expected


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ('"wind power"', "Wind powered wind. Power, wind; power", ["Wind powered", "wind. Power", "wind; power"]),
        ('"wind power"', "power wind", []),
        ('"wind power plants"', "wind power, wind power plant", ["wind power plant"]),
        ("wind-power", "wind-power and power", ["wind-power"]),
        ('"wind wind"', "wind wind wind", ["wind wind wind"]),
        ('wind "wind power"', "a wind power b", ["wind power"]),
    ],
)
def test_a_phrase_is_marked_only_where_its_words_stand_together(q: str, text: str, expected: list[str]) -> None:
    assert marked(q, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("power from wind", ["power", "wind"]),
        ("wind a b power", ["wind", "power"]),
        ("wind a b c power", []),
        ("wind a b c power wind", ["power", "wind"]),
    ],
)
def test_near_words_are_marked_only_inside_the_window(text: str, expected: list[str]) -> None:
    assert marked('"wind power"~2', text) == expected


def test_the_same_word_near_itself_needs_two() -> None:
    assert marked('"wind wind"~3', "wind power") == []
    assert marked('"wind wind"~3', "wind power wind") == ["wind", "wind"]


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ("gov*", "Governments govern; the gov't; ago", ["Governments", "govern", "gov't"]),
        ("zür*", "Zürichs ZURICH", ["Zürichs", "ZURICH"]),
        ("marlov~", "Marlow, Marlowe, Harlow", ["Marlow"]),
        ("marlov~2", "Marlow, Marlowe, Harlow, Barlows", ["Marlow", "Marlowe", "Harlow"]),
        ("wind-pow*", "wind, powerful", ["wind", "powerful"]),
        ("港", "港が、東京港 港湾局 the 港 港港", ["港", "港", "港", "港", "港", "港"]),
        ("京", "東京港 京都", ["京", "京"]),
        ("ガ", "ﾊﾞｶﾞﾝ", ["ｶﾞ"]),
        ("東京港 京", "東京港", ["東京港"]),
        ("2024年", "2024年度の予算、2024 年末、2024から年度", ["2024年", "2024 年"]),
        ("2024년", "2024년에는", ["2024년"]),
        ("第3", "今年の第3回", ["第3"]),
        ('"年 月"', "今年 月末", ["年 月"]),
        ('"東京 京"', "東京港、東京 京", ["東京 京"]),
        ('"年 年"', "今年度、今年 年末、年 年", ["年 年"]),
        ('"年 年度"', "今年度、年 年度", ["年 年度"]),
        ('"3月5日"', "3月5日間、13月5日、3月末5日", ["3月5日"]),
    ],
)
def test_prefixes_and_fuzzy_words_are_compared_unstemmed(q: str, text: str, expected: list[str]) -> None:
    assert marked(q, text) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("headline", ["port", "ship"]),
        ("body", ["port", "rail"]),
        ("lead", ["port"]),
        ("speaker", ["brant"]),
        (None, ["port", "ship", "rail"]),
    ],
)
def test_a_word_with_a_field_is_marked_only_there(field: str | None, expected: list[str]) -> None:
    assert marked("port headline:ship body:rail speaker:brant", "port ship rail brant", field) == expected


def test_a_bare_word_is_looked_for_in_what_was_said_where_quotes_are_searched() -> None:
    assert marked("port said:ship", "port ship", "said", "quote") == ["port", "ship"]
    assert marked("port said:ship", "port ship", "said") == ["ship"]


def test_what_was_said_is_matched_only_inside_one_quote() -> None:
    text = "rail “rail port” and “ship”"
    quotes = [Span(6, 15), Span(22, 26)]
    found = [m[:2] for m in Matcher(parse('said:rail said:"port ship" said:ship').node).find(text, "body", quotes)]
    assert [text[start:end] for start, end in found] == ["rail", "ship"]
    assert found[0][0] == 6


def test_the_memory_of_surfaces_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_REMEMBERED", 5)
    matcher = Matcher(Term(None, "port"))
    assert len(matcher.find(" ".join(f"port a{n}" for n in range(50)), "body")) == 50
    assert len(matcher._surfaces) <= 5


def test_surfaces_too_long_for_words_are_not_remembered() -> None:
    matcher = Matcher(Term(None, "port"))
    assert len(matcher.find("port " + "x" * 1_000, "body")) == 1
    assert list(matcher._surfaces) == ["port"]


def test_a_query_has_one_matcher() -> None:
    assert matching.matcher(Term(None, "a")) is matching.matcher(Term(None, "a"))


WORDS = st.sampled_from(
    [
        "port",
        "Ports",
        "ported",
        "Wind",
        "winds",
        "U.S.",
        "us",
        "1,000",
        "1000",
        "O'Hare",
        "zür",
        "ё",
        "1\u00a0000",
        "µg",
        "東京港",
        "京",
        "2024京",
        "京港2024",
    ]
)
LEAVES: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Term, st.none(), WORDS),
    st.builds(Phrase, st.none(), st.lists(WORDS, min_size=2, max_size=3).map(tuple)),
    st.builds(Near, st.none(), st.lists(WORDS, min_size=2, max_size=3).map(tuple), st.integers(0, 3)),
    st.builds(Prefix, st.none(), st.sampled_from(["por", "wi", "1", "oha"])),
    st.builds(Character, st.none(), st.sampled_from(["京", "港"])),
    st.builds(Fuzzy, st.none(), st.sampled_from(["porx", "wnd", "xinds", "ohore"]), st.integers(1, 2)),
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", ", ", "-", ". ", " “"]))).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)


def reference(leaf: Leaf, text: str) -> set[tuple[int, int]]:
    """The marks of one leaf by looking at every choice of tokens."""
    tokens = list(analysis.tokens(text))
    if isinstance(leaf, Character):
        return {match.span() for match in re.finditer(leaf.text, text)}
    if isinstance(leaf, Phrase):
        return phrases(leaf, tokens, text)
    if isinstance(leaf, Prefix):
        return {(t.start, t.end) for t in tokens if t.folded.startswith(analysis.fold(leaf.text))}
    if isinstance(leaf, Fuzzy):
        return {(t.start, t.end) for t in tokens if edits(t.folded, leaf.text) <= leaf.distance}
    words = leaf.words if isinstance(leaf, Near) else (getattr(leaf, "text", ""),)
    terms = [term for word in words for term in analysis.terms(word)]
    if isinstance(leaf, Near):
        chosen = [
            choice
            for choice in combinations(tokens, len(terms))
            if sorted(t.term for t in choice) == sorted(terms)
            and choice[-1].position - choice[0].position < len(terms) + leaf.distance
        ]
        return {(t.start, t.end) for choice in chosen for t in choice}
    runs = [tokens[n : n + len(terms)] for n in range(len(tokens) - len(terms) + 1)]
    return {(run[0].start, run[-1].end) for run in runs if [t.term for t in run] == terms}


def phrases(leaf: Phrase, tokens: list[analysis.Token], text: str) -> set[tuple[int, int]]:
    """The marks of a phrase; a character at either end of it may be the last or the first of a pair."""
    terms = [term for word in leaf.words for term in analysis.terms(word)]
    found = set()
    for run in (tokens[n : n + len(terms)] for n in range(len(tokens) - len(terms) + 1)):
        (first, *_), (*_, last) = run, run
        start, end, written = first.start, last.end, [t.term for t in run]
        if len(run) > 1 and is_open(terms[0], str.startswith, terms[1]) and first.term.endswith(terms[0]):
            start, written[0] = first.end - 1, terms[0]
        if len(run) > 1 and is_open(terms[-1], str.endswith, terms[-2]) and last.term.startswith(terms[-1]):
            end, written[-1] = last.start + 1, terms[-1]
        if written == terms:
            found.add((start, end))
    return found


def is_open(end: str, has: Callable[[str, str], bool], beside: str) -> bool:
    return analysis.is_character(end) and not has(beside, end)


def edits(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@given(st.lists(LEAVES, min_size=1, max_size=3, unique=True), TEXTS.filter(lambda text: len(text) < 90))
def test_matches_are_those_that_a_plain_reading_finds(leaves: list[Leaf], text: str) -> None:
    found = Matcher(Or(tuple(leaves))).find(text, "body")
    expected = {(*span, number) for number, leaf in enumerate(leaves) for span in reference(leaf, text)}
    assert {tuple(match) for match in found} == expected
    assert found == sorted(found)


@given(LEAVES, TEXTS)
def test_marks_are_in_order_and_apart(leaf: Leaf, text: str) -> None:
    marks = merged(Matcher(leaf).find(text, "body"))
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(before.end <= after.start for before, after in pairwise(marks))
