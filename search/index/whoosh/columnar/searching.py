"""A question put to all segments of one kind of document: totals, the page's documents, true counts by facet and month.

Each segment is asked for its documents as a bitmap and for its best; numbers of segments are added up by value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search.fields import DocumentKind
from search.index.whoosh.columnar import spelling
from search.index.whoosh.columnar.counting import Counting, ValueCount, histogram
from search.index.whoosh.columnar.expansions import expansions
from search.index.whoosh.columnar.matching import Matching, frequency
from search.index.whoosh.columnar.places import Place, Places
from search.index.whoosh.columnar.ranking import Ranking
from search.index.whoosh.columnar.results import Part, Results, results_in
from search.index.whoosh.columnar.segment import Segment
from search.index.whoosh.same import NOTHING, Same
from search.query.results import Diagnostic, MonthCount, Question

Check = Callable[[], None]

_REMEMBERED = 256  # words


@dataclass(frozen=True, slots=True)
class Answer:
    """What the arrays say: the page's documents in order, values of each facet by count, and how many there are."""

    total: int
    places: tuple[Place, ...]
    facets: Mapping[str, tuple[ValueCount, ...]]
    facet_sizes: Mapping[str, int]
    histogram: tuple[MonthCount, ...]
    diagnostics: tuple[Diagnostic, ...]


class Searcher:
    """Answers questions about one kind of document from immutable segments; may be shared by threads.

    `before` searched other segments, maybe some of these: what it derived from all of them is carried on.
    """

    def __init__(
        self,
        documents: DocumentKind,
        segments: Sequence[Segment],
        same: Same = NOTHING,
        before: Searcher | None = None,
    ) -> None:
        self.documents = documents
        self.segments = tuple(segments)
        self.size = sum(len(segment.live) for segment in segments)
        self._parts = [Part(segment) for segment in segments]
        self._ranking = Ranking(self.segments)
        self._same = same
        self._meant: dict[tuple[tuple[str, ...], str], str | None] = {}
        self._counting: Counting = Counting(self.segments, same, before._counting if before else None)

    def answer(self, question: Question, check: Check) -> Answer:
        """`check` is called before costly steps and may raise."""
        results, diagnostics = self._results(question, check)
        check()
        places = self._ranking.page(question, results)
        check()
        facets = self._counting.facets(question, results)
        return Answer(
            total=sum(len(result.bits) for result in results),
            places=tuple(places),
            facets={facet: values for facet, (values, _) in facets.items()},
            facet_sizes={facet: size for facet, (_, size) in facets.items()},
            histogram=histogram(results),
            diagnostics=diagnostics,
        )

    def every(self, question: Question, check: Check) -> tuple[int, Places, tuple[Diagnostic, ...]]:
        """How many results there are, all of them from the offset on, and remarks."""
        results, diagnostics = self._results(question, check)
        check()
        total = sum(len(result.bits) for result in results)
        return total, self._ranking.page(replace(question, limit=total), results), diagnostics

    def page(self, question: Question, check: Check) -> Places:
        """The documents of the wanted page alone."""
        return self._ranking.page(question, self._results(question, check)[0])

    def finds(self, question: Question, check: Check) -> bool:
        """Whether there is any result."""
        return any(result.bits for result in self._results(question, check)[0])

    def everything(self) -> Iterator[Place]:
        """Every live document."""
        return (Place(segment, doc, 0.0) for segment in self.segments for doc in segment.live)

    def find(self, document_id: str) -> Place | None:
        """The live document of an id."""
        wanted = document_id.encode("utf-8", "surrogatepass")
        for segment in self.segments:
            if (doc := segment.find(wanted)) is not None:
                return Place(segment, doc, 0.0)
        return None

    def nearest(self, fields: Sequence[str], text: str, check: Check) -> str | None:
        """The word that was probably meant by the first that the fields don't have, or None.

        Remembered, for each takes a pass over the dictionary: who finds nothing is offered other searches of the words.
        """
        asked, known = (tuple(fields), text), self._meant
        if asked not in known:
            if len(known) >= _REMEMBERED:
                known = self._meant = {}
            known[asked] = spelling.nearest(self.segments, fields, text, check)
        return known[asked]

    def frequencies(self, words: Sequence[str]) -> tuple[int, ...]:
        """How many live documents have each of the words in the default fields, in any form."""
        return tuple(sum(frequency(segment, word) for segment in self.segments) for word in words)

    def count(self, facet: str, value: str) -> int:
        """How many documents have this very value."""
        return sum(segment.count(facet, value) for segment in self.segments)

    def _results(self, question: Question, check: Check) -> tuple[list[Results], tuple[Diagnostic, ...]]:
        """The results in each segment, and remarks."""
        words, diagnostics = expansions(self.segments, question.node, check)
        question = self._same.widened(question)
        found = [results_in(part, question, Matching(part.segment, words, check)) for part in self._parts]
        return found, diagnostics
