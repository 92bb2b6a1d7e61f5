"""The archive that the engines are asked about, and short ways to ask."""

from __future__ import annotations

from search.index.engine import Engine
from search.query.nodes import Node
from search.query.results import Hit, Question, Results
from tests.index.making import ECONOMY, TRADE, TRANSPORT, article

ARCHIVE = (
    article(
        "ferry",
        "NORTHPORT, May 2 - The island's ferries will run again.",
        "The harbour master expects U.S.-built engines.",
        headline="Ferry service resumes",
        lead="Islanders get their boats back.",
        said={"The boats are safe": "Ada Brandt", "we waited a year": ""},
        roles={"Ada Brandt": "transport minister"},
        places=("Northport",),
        agency="Norwire",
        sectors=((TRANSPORT,),),
        published="2021-05-02",
    ),
    article(
        "tariff",
        "Ministers agreed on tariffs for grain and ferries.",
        "Café owners were relieved; the boat builders less so.",
        headline="Tariff talks end",
        said={"Trade is safe in our hands": "Bo Ray", "Tariffs help nobody": "Ada Brandt"},
        roles={"Bo Ray": "trade envoy"},
        places=("Southby", "Northport"),
        agency="Norwire",
        topics=((ECONOMY, TRADE), (ECONOMY,)),
        published="2022-02-04",
    ),
    article("weather", "Rain, and more rain.", headline="Weather", places=("Southby",)),
    article("strike", "Dockers strike as boats wait.", headline="Strike", agency="Midpress", published="2022-02-28"),
)


def identity(hit: Hit) -> str:
    return hit.quote.id if hit.quote else hit.article.id


def ids(results: Results) -> set[str]:
    return {identity(hit) for hit in results.hits}


def matching(engine: Engine, node: Node) -> set[str]:
    results = engine.search(Question(node=node, limit=100))
    assert results.total == len(results.hits)
    return ids(results)


def counts(results: Results, facet: str) -> dict[str, int]:
    return {count.value: count.count for count in results.facets[facet]}


def completed(engine: Engine, text: str, limit: int = 5) -> list[tuple[str, str, int]]:
    return [(one.kind, one.label, one.count) for one in engine.completions(text, limit)]
