"""Who speaks: subjects of verbs of speaking made into people, with the thread that pronouns are followed back along."""

from __future__ import annotations

from collections import deque

from msgspec import Struct

from search.articles.model import Attribution
from search.articles.speech.clauses import clause_subject
from search.articles.speech.narrative import Narrative
from search.articles.speech.people import People, Person
from search.articles.speech.phrases import Subject
from search.articles.speech.roles import is_source, may_be

_MEMORY = 16
_GENDERS = {
    **dict.fromkeys(["he", "him", "his", "he's", "he’s", "he'd", "he’d"], "m"),
    **dict.fromkeys(["she", "her", "she's", "she’s", "she'd", "she’d"], "f"),
    **dict.fromkeys(["it", "its", "it's", "it’s"], "n"),
}


class Voice(Struct, frozen=True):
    """Who said something: the person or the role in the article's words, and how that is known."""

    speaker: str | None
    role: str | None
    attribution: Attribution
    person: Person | None = None

    def continued(self) -> Voice:
        """The same voice going on."""
        return NOBODY if self.attribution == "none" else Voice(self.speaker, self.role, "continued", self.person)


NOBODY = Voice(None, None, "none")


class Voices:
    """Resolves subjects in the order of the text."""

    def __init__(self, n: Narrative) -> None:
        self._n = n
        self._people = People(n)
        self._thread: deque[Person | Voice | tuple[int, int]] = deque(maxlen=_MEMORY)
        self._recent: deque[Person] = deque(maxlen=_MEMORY)
        self._group: Voice = NOBODY
        self._opened: dict[tuple[int, int], Subject | None] = {}

    def of(self, subject: Subject) -> Voice:
        """Whose voice a subject is; remembered for the pronouns that follow."""
        voice = self.meant(subject)
        if voice.person:
            voice.person.spoke = True
            self._thread.append(voice.person)
            self._recent.append(voice.person)
        elif subject.plural and voice.role:
            self._group = Voice(None, voice.role, "pronoun")
        elif subject.kind == "role" and voice.role and is_source(voice.role):
            self._thread.append(Voice(None, voice.role, "pronoun"))
        return voice

    def pass_over(self, first: int, high: int) -> None:
        """Remembers a sentence in which nobody speaks; its subject is looked for only when a pronoun asks."""
        self._thread.append((first, high))

    def meant(self, subject: Subject) -> Voice:
        """Whom a subject means, who need not speak."""
        if subject.kind == "pronoun":
            return self._pronoun(subject)
        if subject.kind == "name":
            person = self._people.named(subject, self._recent)
            if person is None:
                return Voice(None, self._n.phrase(subject.first, subject.last), "role")
            return Voice(person.name, person.role, "named", person)
        held = None if subject.plural else self._people.holder(subject.role or "", self._recent)
        written = " ".join((subject.role or "").split())
        return Voice(held.name, held.role_for(written), "role", held) if held else Voice(None, written, "role")

    def _pronoun(self, subject: Subject) -> Voice:
        word = self._n.words[subject.first].lower()
        if word in ("they", "their"):
            return Voice(None, self._group.role or self._crowd(), "pronoun")
        gender = _GENDERS.get(word)
        if gender:
            source = self._thread[-1] if self._thread else None
            if isinstance(source, Voice) and may_be(source.role or "", gender):
                return source
            for place in range(len(self._thread) - 1, -1, -1):
                person = self._recalled(place)
                if person and person.fits(gender):
                    person.gender = gender
                    return Voice(person.name, person.role, "pronoun", person)
            alone = self._people.only(gender, subject.first)
            if alone:
                return Voice(alone.name, alone.role, "pronoun", alone)
        return Voice(None, None, "pronoun")

    def _crowd(self) -> str | None:
        """The people whom the last sentence without a speaker is about: `Port officials met. They said …`."""
        met = self._thread[-1] if self._thread else None
        subject = self._subject(met) if isinstance(met, tuple) else None
        return subject.role if subject and subject.kind == "role" and subject.plural else None

    def _recalled(self, place: int) -> Person | None:
        met = self._thread[place]
        if isinstance(met, Voice):
            return None
        if isinstance(met, Person):
            return met
        subject = self._subject(met)
        return None if subject is None or subject.kind == "pronoun" else self.meant(subject).person

    def _subject(self, sentence: tuple[int, int]) -> Subject | None:
        """The subject with which a sentence opens; each is looked for once, however many pronouns ask."""
        if sentence not in self._opened:
            self._opened[sentence] = clause_subject(self._n, *sentence)
        return self._opened[sentence]
