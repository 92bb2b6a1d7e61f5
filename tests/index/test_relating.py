"""Articles that belong with one: by telling words and speakers, near in time, other versions apart."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from search.articles.model import Article
from search.index.relating import Related, related
from tests.index.making import ECONOMY, LABELS, TRADE, article, fill
from tests.index.naive import NaiveEngine

TEXT = (
    "The ferry company Norlina will close its yard at Westhaven in June and sell three old boats to a museum, "
    "its owner said, because nobody there could find the spare parts that the engines of such boats need."
)
YARD = article(
    "yard",
    TEXT,
    headline="Norlina closes Westhaven yard",
    said={"We have no choice": "Ada Brandt"},
    places=("Westhaven",),
    topics=((ECONOMY, TRADE),),
    published="2022-02-04",
)
RAIN = tuple(
    article(
        f"rain-{n}", f"It rained all day at the sea, day {n}, and nobody could find a spare coat.", headline=f"Rain {n}"
    )
    for n in range(200)
)


def engine_of(articles: Iterable[Article]) -> NaiveEngine:
    engine = NaiveEngine(LABELS.get)
    fill(engine, [YARD, *articles, *RAIN])
    return engine


def found(*articles: Article, limit: int = 5) -> list[str]:
    return [one.article.id for one in related(engine_of(articles), YARD, limit)]


def only(other: Article) -> Related:
    (one,) = related(engine_of([other]), YARD)
    return one


def test_an_article_with_the_same_telling_words_is_related() -> None:
    one = only(article("museum", "A museum at WESTHAVEN wants Norlina’s boats.", headline="Old boats wanted"))
    assert (one.article.id, one.version) == ("museum", False)
    assert set(one.words) == {"WESTHAVEN", "Norlina’s", "boats", "museum", "Old"}
    assert (one.speakers, one.subjects, one.places) == ((), (), ())


def test_what_is_shared_is_told() -> None:
    other = article(
        "boats",
        "The yard was old.",
        headline="Yards",
        said={"No": "Ada Brandt", "Yes": "Bo Ray"},
        places=("Southby", "Westhaven"),
        topics=((ECONOMY, TRADE), (ECONOMY,)),
    )
    one = only(other)
    assert one.speakers == ("Ada Brandt",)
    assert [topic.label for topic in one.subjects] == [LABELS[TRADE]]
    assert one.places == ("Westhaven",)


def test_a_shared_speaker_alone_is_enough() -> None:
    assert found(article("speech", "Words.", said={"We have boats": "Ada Brandt"})) == ["speech"]


def test_nothing_in_common_is_nothing_related() -> None:
    assert found(article("sun", "The sun shone all day.", headline="Sun")) == []


@pytest.mark.parametrize("bare", [article("bare", headline=""), article("bare", "12 13", headline="…")])
def test_an_article_without_telling_words_has_no_relations(bare: Article) -> None:
    assert related(engine_of([bare]), bare) == ()


def test_words_that_many_articles_have_tell_nothing() -> None:
    rain = article("rain", "Rain, rain on day 3.", headline="Rain")
    assert related(engine_of([rain]), rain) == ()


def test_what_was_published_about_the_same_time_comes_first() -> None:
    said = {"Boats": "Ada Brandt"}
    dated = {"far": "2032-02-04", "near": "2022-02-07", "undated": None}
    others = [article(name, f"Told {name}.", said=said, published=day) for name, day in dated.items()]
    assert found(*others)[0] == "near"


def test_shared_speakers_and_subjects_come_before_shared_words() -> None:
    plain = article("plain", "Norlina yard", headline="Westhaven now", published="2022-02-04")
    close = article(
        "close",
        "Norlina yard",
        headline="Westhaven then",
        said={"I": "Ada Brandt"},
        topics=((TRADE,),),
        published="2022-02-04",
    )
    assert found(plain, close) == ["close", "plain"]


def test_nearly_the_same_text_is_another_version_and_comes_first() -> None:
    corrected = article("corrected", TEXT.replace("June", "July"), "More follows.", headline="Norlina to close yard")
    other = article("other", "Norlina has boats.", headline="Westhaven yard", said={"I": "Ada Brandt"})
    one, two = related(engine_of([other, corrected]), YARD)
    assert (one.article.id, one.version) == ("corrected", True)
    assert (two.article.id, two.version) == ("other", False)


def test_of_versions_of_another_article_one_is_told() -> None:
    text = " ".join(f"word{n}" for n in range(30))
    twins = [article(f"twin-{n}", f"{text} {n}", headline=f"Norlina yard {n}") for n in range(3)]
    assert len(found(*twins)) == 1


def test_at_most_so_many_are_told() -> None:
    others = [article(f"o{n}", f"Boats {n} {n + 1} {n + 2}.", headline=f"Norlina {'x' * n}") for n in range(6)]
    assert len(found(*others, limit=3)) == 3
    assert len(found(*others)) == 5


def test_the_small_words_that_any_text_has_make_no_articles_related() -> None:
    text = "They were there and it was not so, but after all of this the {} of which we could only {} had been with us."
    engine = NaiveEngine(LABELS.get)
    one = article("one", text.format("boats", "dream"), headline="The boats")
    other = article("other", text.format("parsnips", "hear"), headline="The parsnips")
    fill(engine, [one, other, *RAIN])
    assert related(engine, one) == ()
