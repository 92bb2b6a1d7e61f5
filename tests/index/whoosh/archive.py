"""A small archive, what comes to it, and how to tell the one from the other."""

from __future__ import annotations

from pathlib import Path

from search.index.whoosh import WhooshEngine, compacting
from search.index.whoosh.writing import MEMORY
from search.query.nodes import Term
from search.query.results import Question
from tests.index.making import LABELS, article, source

OLD = [article(f"old{n}", "Boats sail.", said={"We sail": "Ada Brandt"}) for n in range(3)]
NEW = [article("new", "Barges sail.", said={"They sail": "Bo Ray"}), article("old0", "No more words.")]


def opened(tmp_path: Path, memory: int = MEMORY) -> WhooshEngine:
    return WhooshEngine(tmp_path / "index", label=LABELS.get, memory=memory)


def update(engine: WhooshEngine) -> None:
    with engine.update() as writer:
        writer.put(source("new.txt"), NEW)
        writer.commit()


def rebuild(engine: WhooshEngine) -> None:
    with engine.build() as writer:
        writer.put(source("new.txt"), NEW)
        writer.commit()


def with_many_segments(engine: WhooshEngine) -> None:
    """Update until there are more segments than should be served for long."""
    for number in range(compacting.MOST):
        with engine.update() as writer:
            writer.put(source(f"{number}.txt"), [article(f"more{number}", "Barges sail.")])
            writer.commit()


def states(engine: WhooshEngine) -> tuple[int, int]:
    return engine.search(Question(node=Term(None, "boats"))).total, engine.search(
        Question(node=Term(None, "barges"))
    ).total
