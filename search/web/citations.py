"""An article as a reference: in the usual styles (APA 7, Chicago 17 (notes), MLA 9), and as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.articles.model import Article, Quote
from search.web.dates import MONTHS, in_words

_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}")
_AND = re.compile(r",? (?:and|&) ")
_AND_OR_COMMA = re.compile(r",| and ")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_BIBTEX |= {character: f"\\{character}" for character in "&%$#_"}
_BIBTEX |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # BibTeX counts braces behind a backslash too


@dataclass(frozen=True, slots=True)
class Citation:
    """One style and the article cited in it."""

    style: str
    text: str


def citations(article: Article, url: str, site: str) -> tuple[Citation, ...]:
    """The article in every style; `url` is its full permalink, `site` the name of the archive."""
    by, day = author(article), article.published
    by = f"{by}. " if by else ""
    title = article.headline.rstrip(".")
    return (
        Citation("APA", f"{by}({_apa(day)}). {title}. {site}. {url}"),
        Citation("Chicago", f"{by}“{title}.” {site}, {_american(day)}. {url}."),
        Citation("MLA", f"{by}“{title}.” {site}, {in_words(day) if day else 'n.d.'}, {url}."),
        Citation("BibTeX", bibtex(article, url, site)),
    )


def bibtex(article: Article, url: str, site: str, quote: Quote | None = None) -> str:
    """The article, or a quote from it, as one BibTeX entry, keyed by its id."""
    fields: dict[str, str | None] = {"howpublished": site}
    fields |= {"year": article.published and article.published[:4], "date": article.published}
    fields |= {"note": quotation(quote) if quote else None}
    texts = {"author": _bibtex_author(article), "title": _bibtex_title(article)}
    texts |= {name: _escaped(text) for name, text in fields.items() if text}
    lines = (f"  {name} = {{{text}}}" for name, text in {**texts, "url": url}.items() if text)
    return f"@misc{{{quote.id if quote else article.id},\n" + ",\n".join(lines) + "\n}"


def quotation(quote: Quote) -> str:
    """What was said and who said it, on one line."""
    who = ", ".join(part for part in (quote.speaker, quote.role) if part)
    return f"“{quote.text}”" + (f" ({who})" if who else "")


def author(article: Article) -> str | None:
    """The byline without its "by", else the agency."""
    return byline(article) or (article.dateline.agency if article.dateline else None)


def authors(article: Article) -> tuple[str, ...]:
    """Each author by name: "Ana Orel, Tom Berg and Falk Ness" are three, "Orel & Sons" one."""
    by = author(article)
    if not by:
        return ()
    *most, last = _AND.split(by)
    names = [name for part in most for name in part.split(", ")] + [last]
    return tuple(names) if all(" " in name for name in names) else (by,)


def byline(article: Article) -> str | None:
    """Who wrote it, without the "by"."""
    return re.sub(r"^by\s+", "", article.byline.strip(), flags=re.IGNORECASE) if article.byline else None


def _bibtex_author(article: Article) -> str | None:
    """Names between "and"s; in braces where one is no plain name, as BibTeX would take it apart at commas and "and"."""
    names = [_escaped(name) for name in authors(article)]
    plain = byline(article) is not None
    return " and ".join(name if plain and not _AND_OR_COMMA.search(name) else f"{{{name}}}" for name in names)


def _bibtex_title(article: Article) -> str:
    """In braces of its own: most styles write a title's words in lower case, those of names too."""
    found = _escaped(article.headline)
    return found and f"{{{found}}}"


def _apa(day: str | None) -> str:
    month = _month_and_day(day)
    return f"{day[:4]}, {month}" if day and month else day or "n.d."


def _american(day: str | None) -> str:
    month = _month_and_day(day)
    return f"{month}, {day[:4]}" if day and month else day or "n.d."


def _month_and_day(day: str | None) -> str | None:
    """'2022-02-04' -> 'February 4'; None for what is no day."""
    return f"{MONTHS[int(day[5:7]) - 1]} {int(day[8:10])}" if day and _DAY.fullmatch(day) else None


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in " ".join(_CONTROL.sub(" ", text).split()))
