"""The engine port, answered from the newest complete generation in an index folder."""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from search.articles.model import Article, Problem
from search.index.documents import Label
from search.index.engine import DamagedIndex, EngineError, Status, Writer
from search.index.whoosh import compacting, folder
from search.index.whoosh.answering import Deadline, answer, best, completions, every
from search.index.whoosh.damage import told
from search.index.whoosh.generation import Generation
from search.index.whoosh.verifying import verify
from search.index.whoosh.writing import LARGEST, MEMORY, WhooshWriter
from search.query.results import Completion, Hit, Question, Results, WholeResults

_DISTRIBUTIONS = ("whoosh", "whoosh-reloaded", "whoosh3")


class WhooshEngine:
    """Implements `search.index.engine.Engine`; one object may be shared by all threads of a process.

    `path` is the index folder, made by the first build. `timeout` is the limit of one question, in seconds.
    `label` names a topic's code when building (the shipped topics where none is given); the names are kept in the
    index. `memory` is what the processes that write take together, in bytes, about. `settled` says of which speakers'
    names no rule is to judge with which others they go. Raises EngineError where two distributions of Whoosh are
    installed over each other.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        timeout: float = 1.0,
        label: Label | None = None,
        memory: int = MEMORY,
        settled: Callable[[str], bool] = lambda name: False,
    ) -> None:
        check_distributions()
        self.path = Path(path)
        self.timeout = timeout
        self._label = label
        self._settled = settled
        self._memory = memory
        self._lock = threading.Lock()
        self._generation: Generation | None = None

    def search(self, question: Question) -> Results:
        with self._reading() as generation:
            return answer(generation, question, Deadline(self.timeout))

    def best(self, question: Question) -> tuple[str, ...]:
        """The ids of the hits alone: nothing is counted or read."""
        with self._reading() as generation:
            return best(generation, question, Deadline(self.timeout))

    def every(self, question: Question) -> WholeResults:
        with self._reading() as generation:
            whole = every(generation, question, Deadline(self.timeout))
            return replace(whole, hits=_told_in_turn(generation.path, whole.hits))

    def article(self, article_id: str) -> Article | None:
        with self._reading() as generation:
            return generation.find(article_id)

    def completions(self, text: str, limit: int) -> tuple[Completion, ...]:
        with self._reading() as generation:
            return completions(generation, text, limit, Deadline(self.timeout))

    def frequencies(self, words: Sequence[str]) -> tuple[int, ...]:
        with self._reading() as generation:
            return generation.parts["article"].frequencies(words)

    def status(self) -> Status:
        return self._current().status

    def verify(self) -> Iterator[Problem]:
        return verify(self._trusted())

    def build(self) -> Writer:
        return WhooshWriter(self.path, self._labels(), None, self._settled, self._memory)

    def update(self) -> Writer:
        return WhooshWriter(self.path, self._labels(), self._open, self._settled, self._memory)

    def compact(self) -> Status:
        parts = self._current().parts.values()
        if not any(compacting.chosen([len(segment.live) for segment in part.segments], LARGEST) for part in parts):
            return self.status()
        with WhooshWriter(self.path, self._labels(), self._open, self._settled, self._memory) as writer:
            return writer.compact()

    @contextmanager
    def _reading(self) -> Iterator[Generation]:
        """The generation being served; errors over damaged files are raised as DamagedIndex."""
        generation = self._current()
        with told(generation.path):
            yield generation

    def _current(self) -> Generation:
        """The generation being served, opened anew only when another one is."""
        name = folder.served(self.path)
        with self._lock:
            if self._generation is None or self._generation.name != name:
                self._generation = self._open()
            return self._generation

    def _open(self) -> Generation:
        path = self._trusted()
        try:
            with told(path):
                return Generation(path, self._generation)
        except EngineError:
            raise
        except Exception as error:  # no query has a part in it yet
            reason = f"{type(error).__name__}: {error}"
            raise DamagedIndex(f"Generation {path.name} can't be opened ({reason}); build the index again.") from error

    def _trusted(self) -> Path:
        """The folder of the generation being served."""
        name = folder.served(self.path)
        folder.trust(self.path)
        folder.trust(self.path / "generations")
        return folder.generation_path(self.path, name)

    def _labels(self) -> Label:
        if self._label is None:
            from search.articles.topics import TopicTable  # only writers need the topics: a site starts without

            self._label = TopicTable.load().label
        return self._label


def _told_in_turn(generation: Path, hits: Iterator[Hit]) -> Iterator[Hit]:
    with told(generation):
        yield from hits


def check_distributions() -> None:
    """Raises EngineError, naming them, where two distributions share the import name `whoosh`: they mix their files."""
    found = [name for name in _DISTRIBUTIONS if _installed(name)]
    if len(found) > 1:
        names = " and ".join(found)
        raise EngineError(f"{names} are installed over each other. Uninstall all of them, then install one again.")


def _installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
