"""What of an article becomes which field of which document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from search.articles.model import (
    Article,
    Attribution,
    Dateline,
    Paragraph,
    Quote,
    QuoteKind,
    Source,
    Speaker,
    Topic,
)
from search.articles.reading import Reader
from search.fields import FIELDS
from search.index import documents
from search.index.documents import article_document, as_stored, check, digest, quote_documents, searched_words
from tests.index.making import ECONOMY, LABELS, TRADE, article

ROOT = Path(__file__).parents[2]
SECTORS, ENERGY, OIL = "medtop:20000209", "medtop:20000256", "medtop:20000262"

FULL = article(
    "a1",
    "First paragraph.",
    "Second paragraph.",
    headline="Tariffs agreed",
    lead="Ministers met.",
    said={"Trade is safe": "Ada Brandt", "Nobody knows": ""},
    roles={"Ada Brandt": "trade minister"},
    places=("Northport", "Southby"),
    agency="Norwire",
    topics=((ECONOMY, TRADE), (ECONOMY,)),
    sectors=((SECTORS, ENERGY, OIL),),
    published="2022-02-04",
)


def test_an_article_has_a_value_for_every_field_of_the_table() -> None:
    document = article_document(FULL)
    assert set(document) == set(FIELDS) - {"stored"}
    assert document["body"] == ("First paragraph.", "Second paragraph.")
    assert document["said"] == ("Trade is safe", "Nobody knows")
    assert (document["speaker"], document["role"]) == (("Ada Brandt",), ("trade minister",))
    assert (document["place"], document["agency"]) == (("Northport", "Southby"), ("Norwire",))
    assert document["date"] == ("2022-02-04",)


def test_every_code_on_the_path_counts_once_and_the_branch_of_sectors_is_no_sector() -> None:
    document = article_document(FULL)
    assert document["topic"] == (ECONOMY, TRADE)
    assert document["sector"] == (ENERGY, OIL)


def test_a_quote_has_its_own_words_and_speaker_and_the_facts_of_its_article() -> None:
    first, second = quote_documents(FULL)
    assert (first["id"], first["said"], first["speaker"], first["role"]) == (
        ("a1-q0",),
        ("Trade is safe",),
        ("Ada Brandt",),
        ("trade minister",),
    )
    assert (second["speaker"], second["role"]) == ((), ())
    assert (second["place"], second["date"], second["topic"]) == (
        ("Northport", "Southby"),
        ("2022-02-04",),
        (ECONOMY, TRADE),
    )
    assert second["body"] == ()


def test_an_article_without_anything_has_empty_fields() -> None:
    document = article_document(article("bare"))
    assert {name for name, values in document.items() if values} == {"id", "headline"}


def test_a_code_is_searched_by_its_label_and_a_name_by_itself() -> None:
    assert searched_words("topic", TRADE, LABELS.get) == "international trade"
    assert searched_words("topic", "medtop:1", LABELS.get) == "medtop:1"
    assert searched_words("speaker", "Ada Brandt", LABELS.get) == "Ada Brandt"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (article("a", published="2022-02-30"), "is no day"),
        (article("a", published="2022"), "is no day"),
        (article("a", places=("x" * 1001,)), "1,001 characters"),
        (article(""), "no id"),
    ],
)
def test_what_no_engine_can_keep_is_refused_with_the_reason(bad: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check(article_document(bad))  # type: ignore[arg-type]


@pytest.mark.parametrize("half", ["\ud800", "ab\udfff", "\ude00\ud83d"])
def test_half_a_character_is_refused_wherever_it_stands(half: str) -> None:
    quote, topic = replace(FULL.quotes[0], role=half), Topic("t", half)
    for bad in (article("a", headline=half), replace(FULL, quotes=(quote,)), replace(FULL, topics=(topic,))):
        with pytest.raises(ValueError, match="half a character"):
            as_stored(bad)


def test_an_article_beyond_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_STORED", len(as_stored(FULL)))
    assert as_stored(FULL)
    with pytest.raises(ValueError, match="are possible"):
        as_stored(replace(FULL, headline=FULL.headline + "!"))


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SOME = st.none() | _TEXTS
_TOPICS = st.lists(st.builds(Topic, _TEXTS, _TEXTS, st.lists(_TEXTS, max_size=3).map(tuple)), max_size=3).map(tuple)
_NUMBERS = st.integers(0, 1 << 40)
_ARTICLES = st.builds(
    Article,
    id=_TEXTS,
    url=_TEXTS,
    source=st.builds(Source, _TEXTS, _SOME, _TEXTS, _SOME),
    headline=_TEXTS,
    lead=_SOME,
    section=_SOME,
    byline=_SOME,
    language=_SOME,
    published=_SOME,
    dateline=st.none() | st.builds(Dateline, _TEXTS, _SOME, st.lists(_TEXTS, max_size=3).map(tuple), _SOME, _SOME),
    paragraphs=st.lists(st.builds(Paragraph, _NUMBERS, _TEXTS, st.booleans()), max_size=3).map(tuple),
    quotes=st.lists(
        st.builds(
            Quote,
            id=_TEXTS,
            text=_TEXTS,
            speaker=_SOME,
            role=_SOME,
            cue=_SOME,
            kind=st.sampled_from(get_args(QuoteKind)),
            attribution=st.sampled_from(get_args(Attribution)),
            paragraph=_NUMBERS,
            start=_NUMBERS,
            end=_NUMBERS,
        ),
        max_size=3,
    ).map(tuple),
    speakers=st.lists(st.builds(Speaker, _TEXTS, st.lists(_TEXTS, max_size=2).map(tuple), _NUMBERS), max_size=3).map(
        tuple
    ),
    topics=_TOPICS,
    sectors=_TOPICS,
)


@settings(deadline=None)
@given(_ARTICLES)
def test_what_is_stored_is_the_json_of_the_contract_to_the_byte(found: Article) -> None:
    stored = as_stored(found)
    assert stored == _by_the_standard_library(found)
    assert Article.from_json(json.loads(stored)) == found


def test_every_character_is_stored_as_the_standard_library_writes_it() -> None:
    text = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    found = article("a", headline=text)
    assert as_stored(found) == _by_the_standard_library(found)


def test_the_corpus_is_stored_as_the_json_of_the_contract_to_the_byte() -> None:
    reader, files = Reader(), sorted((ROOT / "corpus").rglob("*.txt"))[:20]
    articles = [one for file in files for one in reader.read_file(file) if isinstance(one, Article)]
    assert len(articles) == 20
    assert [as_stored(one) for one in articles] == [_by_the_standard_library(one) for one in articles]


def _by_the_standard_library(found: Article) -> bytes:
    return json.dumps(found.as_json(), ensure_ascii=False, separators=(",", ":")).encode()


def test_the_digest_changes_with_anything_in_the_article() -> None:
    assert digest(as_stored(FULL)) == digest(as_stored(FULL))
    assert digest(as_stored(FULL)) != digest(as_stored(article("a1")))
