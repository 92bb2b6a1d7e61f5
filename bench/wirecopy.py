"""Articles for benchmarks: wire copy made of invented sentences, the same ones for the same number every time.

Real archives may not be shipped, and the demonstration archive is too small to measure anything but its own caches.
These articles have what costs time in real ones: datelines, quotes before and behind their speakers, names that occur
nowhere else, and words that point to topics. `wirecopy.toml` holds the sentences.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS = 350  # of an article, about

_COPY: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Copy:
    """One article as an agency sends it; `paragraphs` are those of the body, the dateline before the first."""

    number: int
    headline: str
    dateline: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The body with its dateline."""
        return "\n\n".join((self.dateline + self.paragraphs[0], *self.paragraphs[1:]))


def articles(count: int, seed: int = 1) -> Iterator[Copy]:
    """So many articles of about `WORDS` words."""
    for number in range(count):
        yield _article(number, random.Random(f"{seed}/{number}"))


def write(found: Iterable[Copy], folder: Path) -> None:
    """Lays articles down in a folder: a third as text files, a third as JSON Lines, a third gzipped with markup."""
    with (folder / "plain.jsonl").open("w") as plain, gzip.open(folder / "marked.jsonl.gz", "wt") as marked:
        for article in found:
            match article.number % 3:
                case 0:
                    (folder / f"{article.number:07}.txt").write_text(f"{article.headline}\n\n{article.text}\n", "utf-8")
                case 1:
                    plain.write(json.dumps(_values(article, article.text)) + "\n")
                case _:
                    marked.write(json.dumps(_values(article, _marked(article.text))) + "\n")


def _values(article: Copy, body: str) -> dict[str, str]:
    return {"id": f"copy-{article.number}", "headline": article.headline, "body": body}


def _marked(text: str) -> str:
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>\n" for paragraph in text.split("\n\n"))


def _article(number: int, chance: random.Random) -> Copy:
    fill = _filler(chance)
    subject = chance.choice(_COPY["subject"])
    body = [fill(subject["opening"])]
    words = len(body[0].split())
    while words < WORDS - 15:
        paragraph = _paragraph(chance, fill)
        if len(body) % 5 == 4:
            body.append(chance.choice(_COPY["headings"]))
        body.append(paragraph)
        words += len(paragraph.split())
    return Copy(number, fill(subject["headline"]), fill(_dateline(chance)), tuple(body))


def _dateline(chance: random.Random) -> str:
    agency = chance.choice(_COPY["agencies"].split())
    forms = ("{TOWN}, {month} {day}. /%s/. ", "{TOWN}, {month} {day} (%s) - ", "{TOWN} (%s) — ")
    return str(chance.choice(forms) % agency)


def _paragraph(chance: random.Random, fill: Callable[[str], str]) -> str:
    kinds = chance.choice((("attributions",), ("background", "background"), ("background", "attributions")))
    return " ".join(fill(chance.choice(_COPY[kind])) for kind in kinds)


def _filler(chance: random.Random) -> Callable[[str], str]:
    """Fills the gaps of a sentence with the people and places of one article, and with figures that differ."""
    cast = _Cast(chance)

    def fill(sentence: str) -> str:
        while "{" in sentence:
            sentence = sentence.format_map(cast)
        return sentence

    return fill


class _Cast(dict[str, str]):
    """Who and what an article tells of; numbers, days and sentences are chosen whenever they are asked for."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        surnames = [_name(chance) for _ in range(2)]
        place = _name(chance)
        super().__init__(
            surname=surnames[0],
            person=f"{chance.choice(_COPY['forenames'].split())} {surnames[0]}",
            role=chance.choice(_COPY["roles"]),
            company=f"{surnames[1]} {chance.choice(('Group', 'Steel', 'Holdings', 'Lines'))}",
            place=place,
            TOWN=place.upper(),
            town=_name(chance),
        )

    def __missing__(self, gap: str) -> str:
        chance = self._chance
        number = chance.choice((chance.randint(2, 99), chance.randint(100, 9999), chance.randint(10, 900) * 1000))
        figures = {
            "number": f"{number:,}",
            "percent": f"{chance.randint(1, 64)}.{chance.randint(0, 9)} percent",
            "money": f"{chance.randint(2, 980)} million crowns",
            "year": str(chance.randint(1974, 2024)),
            "day": str(chance.randint(1, 28)),
        }
        return figures.get(gap) or chance.choice(_choices(_COPY[gap if gap in _COPY else f"{gap}s"]))


def _choices(listed: str | list[str]) -> list[str]:
    return listed.split() if isinstance(listed, str) else listed


def _name(chance: random.Random) -> str:
    beginning = chance.choices(_choices(_COPY["syllables"]), k=chance.randint(1, 2))
    return "".join((*beginning, chance.choice(_choices(_COPY["endings"])))).capitalize()
