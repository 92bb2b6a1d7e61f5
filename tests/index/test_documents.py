"""What of an article becomes which field of which document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.articles.model import Topic
from search.fields import FIELDS
from search.index.documents import article_document, as_stored, check, digest, quote_documents, searched_words
from tests.index.making import ECONOMY, LABELS, TRADE, article

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


def test_the_digest_changes_with_anything_in_the_article() -> None:
    assert digest(as_stored(FULL)) == digest(as_stored(FULL))
    assert digest(as_stored(FULL)) != digest(as_stored(article("a1")))
