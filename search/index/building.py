"""Building and updating an archive: sources -> articles -> the engine's writer.

A build starts from nothing; an update reads only what was added or changed since, and takes out what is gone. Either
way the engine publishes the new generation in one step, or nothing changes at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from search.articles.files import walk
from search.articles.model import Article, Problem, SourceFile
from search.articles.reading import Reader
from search.index.engine import Change, Engine, EngineError, IndexLocked, Status, Writer
from search.index.readers import Batch, Readers, batches


class NothingRead(EngineError):
    """No article was read from any source, so nothing was published: a mistyped folder must not empty the site."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: articles read, and bytes of sources done out of all."""

    articles: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `status` is that of the generation served afterwards."""

    status: Status
    problems: tuple[Problem, ...] = ()
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def skipped(self) -> int:
        """How many files or records could not be read."""
        return sum(problem.skipped for problem in self.problems)


@dataclass
class Options:
    """How to run: who reads (with the shipped tables where None), in how many processes, whom to tell what."""

    reader: Reader | None = None
    processes: int | None = None
    progress: Callable[[Progress], None] = lambda progress: None
    problem: Callable[[Problem], None] = lambda problem: None


def build(engine: Engine, sources: Iterable[str | Path], options: Options | None = None) -> Report:
    """Make a new archive of these sources. Raises NothingRead, IndexLocked, and whatever the engine's writer raises."""
    roots = [Path(source) for source in sources]
    run = _Run(options or Options())
    found = run.found(roots)
    with engine.build() as writer:
        run.read(writer, found)
        if not run.added:
            raise NothingRead(
                f"No article was read from {', '.join(map(str, roots))}: name a folder of .txt, .jsonl or .jsonl.gz "
                "files. The index is left as it was."
            )
        return run.report(writer.commit())


def update(engine: Engine, sources: Iterable[str | Path], options: Options | None = None) -> Report:
    """Bring the archive up to date with these sources; without a difference, no new generation is made.

    What other sources hold stays. A source that can't be read, as a whole, keeps what the archive has of it.
    """
    roots = [Path(source) for source in sources]
    run = _Run(options or Options())
    found = run.found(roots)
    with engine.update() as writer:
        known = {source.path: source for source in writer.sources()}
        run.forget(writer, _gone(known, found, roots, run.problems))
        run.read(writer, [source for source in found if known.get(source.path) != source])
        run.reread(writer, {source.path: source for source in found} | known)
        if run.differs:
            writer.commit()
    return run.report(_compacted(engine) if run.differs else engine.status())


def _compacted(engine: Engine) -> Status:
    """What is served, compacted unless somebody else writes by now, who will do that."""
    try:
        return engine.compact()
    except IndexLocked:
        return engine.status()


@dataclass
class _Run:
    options: Options
    problems: list[Problem] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0
    differs: bool = False
    _versions: dict[str, tuple[str, str]] = field(default_factory=dict)
    _counted: set[str] = field(default_factory=set)
    _seen: dict[str, set[str]] = field(default_factory=dict)
    _orphans: set[str] = field(default_factory=set)
    _read_before: set[str] = field(default_factory=set)

    def found(self, sources: Iterable[str | Path]) -> list[SourceFile]:
        """All source files; what can't be walked is a problem."""
        files: list[SourceFile] = []
        for source in walk(sources):
            if isinstance(source, Problem):
                self.note(source)
            else:
                files.append(source)
        return files

    def note(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.options.problem(problem)

    def forget(self, writer: Writer, paths: Iterable[str]) -> None:
        """Take out sources that are gone."""
        for path in paths:
            held = set(writer.articles_of(path))
            removed = writer.forget(path)
            self.removed += removed
            self.differs = True
            if removed < len(held):
                self._orphans |= held

    def read(self, writer: Writer, sources: list[SourceFile]) -> None:
        """Read sources and put their articles."""
        total, done, articles = sum(source.size for source in sources), 0, 0
        with Readers(self.options.reader, self.options.processes) as readers:
            for batch, read in readers.read(batch for source in sources for batch in batches(source)):
                articles += self._put(writer, batch, read)
                if batch.last:
                    self._finish(writer, batch.source)
                self.options.progress(Progress(articles, done + batch.position, total))
                done += batch.source.size if batch.last else 0

    def reread(self, writer: Writer, sources: dict[str, SourceFile]) -> None:
        """Where the version shown came from a file that no longer has it, read the other files that hold it."""
        if self._orphans:
            holding = [path for path in sources if self._orphans & set(writer.articles_of(path))]
            self._versions.clear()
            self.read(writer, [sources[path] for path in sorted(holding)])

    def report(self, status: Status) -> Report:
        return Report(status, tuple(self.problems), self.added, self.changed, self.removed)

    def _put(self, writer: Writer, batch: Batch, read: list[Article | Problem]) -> int:
        seen = self._seen.setdefault(batch.source.path, set())
        articles = [article for article in self._accepted(read) if self._note_versions(batch.source.path, article)]
        for article in articles:
            try:
                put = writer.put(batch.source, (article,))
            except ValueError as error:
                self.note(Problem(batch.source.path, f"“{article.headline[:80]}” can't be indexed: {error}"))
                continue
            seen.add(article.id)
            self._count(article.id, put)
        return len(articles)

    def _count(self, article_id: str, put: Change) -> None:
        """Count an article once, whatever versions of it the run comes upon."""
        self.differs |= put.differs
        if (put.added or put.changed) and article_id not in self._counted:
            self._counted.add(article_id)
            self.added += put.added
            self.changed += put.changed

    def _accepted(self, read: list[Article | Problem]) -> Iterator[Article]:
        for found in read:
            if isinstance(found, Problem):
                self.note(found)
            else:
                yield found

    def _note_versions(self, path: str, article: Article) -> bool:
        published = article.published or ""
        before = self._versions.get(article.id)
        if before is None:
            self._versions[article.id] = (path, published)
            return True
        newer = published >= before[1]
        older, kept = (before[0], path) if newer else (path, before[0])
        if newer:
            self._versions[article.id] = (path, published)
        message = f"“{article.headline[:80]}” is also in {kept}: versions of one article; the newest is kept"
        self.note(Problem(older, message, skipped=False))
        return True

    def _finish(self, writer: Writer, source: SourceFile) -> None:
        """After the last batch of a source: take out what it held and no longer does."""
        seen = self._seen.pop(source.path)
        gone = set(writer.articles_of(source.path)) - seen
        if gone and seen:
            removed = writer.release(source.path, gone)
            self.removed += removed
            self.differs = True
            if removed < len(gone):
                self._orphans |= gone


def _gone(
    known: Iterable[str], found: Iterable[SourceFile], roots: list[Path], problems: Iterable[Problem]
) -> Iterator[str]:
    """The known files below these roots that are there no more; what can't be looked at is not gone."""
    present = {source.path for source in found}
    unseen = [Path(problem.path).absolute() for problem in problems]
    absolute = [root.absolute() for root in roots if root.exists()]
    for path in known:
        place = Path(path).absolute()
        below = any(place.is_relative_to(root) for root in absolute)
        if path not in present and below and not any(place.is_relative_to(root) for root in unseen):
            yield path
