from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from search.query.results import Hit, Results, Snippet, Span
from search.query.state import SearchState, from_args
from search.web.room import FORMS, LAYOUTS, Layout, fitting, passages, shortened
from search.web.weights import Weights
from tests.archive import HARVEST, OIL, TRADE, article
from tests.conftest import SiteOf
from tests.web.page import Page, page_at

WORDS = "wheat and barley " * 100
AT = WORDS.index("barley", 1000)
LONG = Snippet(WORDS, (Span(AT, AT + 6),), paragraph=3, start=50)


@pytest.fixture(scope="module")
def crowd(site_of: SiteOf) -> Flask:
    """An archive of 120 articles with much to tell."""
    return site_of(
        [
            article(
                f"The council of district number {n} discusses the budget for the coming year",
                f"“We will not raise the budget, and this is the “last word” on the budget,” speaker {n} said. " * 3,
                published=f"{2015 + n % 7}-{n // 7 % 12 + 1:02d}-01",
                place=f"District Town Number {n}",
                said=((f"Councillor Josephine Number{n}", "We will not raise the budget"),),
                sectors=(OIL,),
                topics=(TRADE,),
            )
            for n in range(120)
        ]
    )


def test_of_a_long_passage_the_part_around_the_match_is_shown() -> None:
    part = shortened(LONG, 600)
    assert part.text.endswith(" …")
    assert len(part.text) <= 602
    assert [part.text[mark.start : mark.end] for mark in part.marks] == ["barley"]
    assert (part.paragraph, part.start - 50) == (3, WORDS.index(part.text[:-2], part.start - 50))


def test_a_passage_that_fits_stays_as_it_is() -> None:
    assert shortened(LONG, len(WORDS)) is LONG


def test_a_passage_without_blanks_is_cut_all_the_same() -> None:
    assert len(shortened(Snippet("x" * 5000), 600).text) == 602


def test_a_mark_that_reaches_beyond_the_part_ends_with_it() -> None:
    part = shortened(Snippet("x" * 90, (Span(0, 90),)), 50)
    assert part.marks == (Span(0, 50),)


def test_of_many_passages_those_are_shown_that_have_room() -> None:
    hit = Hit(HARVEST, 1.0, (Snippet("a" * 100), Snippet("b" * 100), Snippet("c" * 100)))
    assert [part.text[0] for part in passages(hit, 1000)] == ["a", "b", "c"]
    assert [len(part.text) for part in passages(hit, 200)] == [100, 58]
    assert passages(hit, 0) == []


def test_a_quote_always_has_words() -> None:
    hit = Hit(HARVEST, 1.0, quote=replace(HARVEST.quotes[0], text=WORDS))
    assert len(passages(hit, 0)[0].text) > 70
    assert len(passages(hit, 9999)[0].text) <= 602


def test_the_most_generous_layout_that_fits_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Weights, "of", lambda _, layout: 40_000 + 15 * layout.passages)
    tried: list[Layout] = []

    def render(layout: Layout) -> str:
        tried.append(layout)
        return "x" * (43_000 + 15 * layout.passages)

    assert len(fitting(SearchState(), Results(0), render)) == 52_000
    assert [layout.passages for layout in tried] == [1200, 600]


def test_what_fits_nowhere_gets_the_leanest() -> None:
    assert fitting(SearchState(), Results(0), lambda layout: f"{layout}" + "x" * 70_000).startswith(str(LAYOUTS[-1]))


@pytest.mark.parametrize("size", [10, 25, 50, 100])
@pytest.mark.parametrize("kind", ["search", "quotes"])
@pytest.mark.parametrize("query", ["", "q=budget", "q=budget+AND+(raise+OR+district)&not_place=Lorne&from=2015"])
def test_pages_of_all_sizes_stay_under_sixty_kilobytes(crowd: Flask, size: int, kind: str, query: str) -> None:
    response = crowd.test_client().get(f"/{kind}?{query}&size={size}")
    assert len(response.data) < 60_000
    page = Page(response.text)
    assert len([e for e in page.all("li") if e.attributes.get("id", "").startswith("hit-")]) == size


def test_a_short_search_has_room_for_everything(crowd: Flask) -> None:
    page = Page(crowd.test_client().get("/search?q=budget").text)
    assert "Show 16 of 120" in page.one("section", aria_labelledby="facet-place").text
    assert page.all("p", class_="passage")
    assert len(page.all("title")) > 80


def test_the_links_of_many_hits_tell_the_search_while_there_is_room(crowd: Flask) -> None:
    client = crowd.test_client()
    assert "?q=budget&size=100&hit=1" in Page(client.get("/search?q=budget&size=100").text).link("district number")
    long = f"/search?q={'budget+OR+' * 40}budget&size=100"
    assert "?" not in Page(client.get(long).text).link("district number")


def test_chosen_values_are_always_offered(crowd: Flask) -> None:
    page = Page(crowd.test_client().get("/search?q=budget&size=100&place=District+Town+Number+77").text)
    assert "District Town Number 77" in page.one("section", aria_labelledby="facet-place").text


MANY = "&".join(f"not_place=District+Town+Number+{n}" for n in range(20, 50))
LONG_SEARCHES = (
    f"q=budget&{MANY}",
    "q=" + "budget+OR+" * 120 + "x" * 700,
    "q=budget+" + "%26" * 1_900,
    f"{MANY}&size=100",
    "match=any&q=budget" + f"+{'%D0%B6' * 38}" * 45 + "".join(f"&not_speaker={n}{'%D0%B6' * 150}" for n in range(28)),
)


@pytest.mark.parametrize("asked", LONG_SEARCHES)
@pytest.mark.parametrize(
    "path", ["/search", "/quotes", "/search/facets/place", "/search/facets/topic", "/search/matrix"]
)
def test_pages_of_long_searches_stay_under_sixty_kilobytes(crowd: Flask, path: str, asked: str) -> None:
    client = crowd.test_client()
    assert len(client.get(f"{path}?{asked}").data) < 60_000
    assert page_at(client, f"{path}?{asked}").one("form", id="changing")


def test_a_long_search_is_sent_as_it_is_by_its_form(crowd: Flask) -> None:
    page = page_at(crowd.test_client(), f"/search?q=budget&{MANY}&from=2016&to=2021-06&size=25")
    fields = [e for e in page.all("input") if "name" in e.attributes and "checkbox" not in (e.attributes.get("type"),)]
    sent = [(e["name"], e.attributes.get("value", "")) for e in fields]
    sent += [(e["name"], e["value"]) for e in page.all("input", type="checkbox") if "checked" in e.attributes]
    (size,) = (e.text for e in page.all("option") if "selected" in e.attributes and e.text.isdigit())
    state = from_args([*sent, ("size", size)])
    assert (state.q, state.date_from, state.date_to, state.size) == ("budget", "2016", "2021-06", 25)
    assert len(state.excluded["place"]) == 30
    assert ("place", "District Town Number 77") not in sent


def test_values_not_yet_chosen_are_offered_by_the_form_of_a_long_search(crowd: Flask) -> None:
    page = page_at(crowd.test_client(), f"/search?q=budget&{MANY}")
    offered = [e for e in page.all("input", type="checkbox") if "checked" not in e.attributes]
    assert {"place", "speaker", "topic", "sector"} <= {e["name"] for e in offered}
    assert page.all("li", class_="hit")


def test_a_form_has_layouts_for_many_hits() -> None:
    assert all(layout.form and not layout.telling for layout in FORMS)
    assert FORMS[-1].passages == FORMS[-1].values == 0
