"""An invented archive of a few articles for the tests of pages and JSON, hostile and odd ones among them."""

from __future__ import annotations

from search.articles.identity import article_id, permalink, quote_id
from search.articles.model import Article, Dateline, Paragraph, PublishedFrom, Quote, Source, Speaker, Topic

OIL = Topic(
    "medtop:20001243", "oil and gas", ("medtop:04000000", "medtop:20000209", "medtop:20000256", "medtop:20001243")
)
TRADE = Topic("medtop:20000373", "international trade", ("medtop:04000000", "medtop:20000344", "medtop:20000373"))
HOSTILE = '<script>alert("x")</script>'


def article(
    headline: str,
    *paragraphs: str,
    published: str | None = "2022-02-04",
    published_from: PublishedFrom = "stated",
    place: str | None = "Port Velden",
    agency: str | None = "NORA",
    lead: str | None = None,
    said: tuple[tuple[str, str], ...] = (),
    topics: tuple[Topic, ...] = (),
    sectors: tuple[Topic, ...] = (),
    url: str | None = None,
) -> Article:
    """An article; `said` holds (speaker, words), and the words stand somewhere in the paragraphs."""
    id = article_id(url=None, source_id=None, agency=agency, date=published, headline=headline)
    texts = tuple(Paragraph(n, text) for n, text in enumerate(paragraphs, 1))
    quotes = tuple(_quote(id, texts, speaker, words) for speaker, words in said)
    speakers = {quote.speaker: sum(q.speaker == quote.speaker for q in quotes) for quote in quotes if quote.speaker}
    return Article(
        id=id,
        url=permalink(id, headline),
        source=Source(path=f"{published or 'undated'}/{id}.txt", url=url),
        headline=headline,
        lead=lead,
        language="en",
        published=published,
        published_from=published_from if published else "unknown",
        dateline=Dateline(f"{place.upper()} /{agency}/.", place, (place,), published, agency) if place else None,
        paragraphs=texts,
        quotes=quotes,
        speakers=tuple(Speaker(name, ("harvest minister",), count) for name, count in speakers.items()),
        topics=topics,
        sectors=sectors,
    )


def _quote(id: str, paragraphs: tuple[Paragraph, ...], speaker: str, words: str) -> Quote:
    paragraph = next(p for p in paragraphs if words in p.text)
    start = paragraph.text.index(words)
    end = start + len(words)
    return Quote(
        quote_id(id, words), words, speaker, "harvest minister", "said", "direct", "named", paragraph.n, start, end
    )


HARVEST = article(
    "Velden expects the best grain harvest in ten years",
    "The harvest of wheat and barley will reach nine million tonnes, Velden’s harvest minister Ines Calloway said.",
    "“We have never seen wheat like this on the southern plain,” Calloway told reporters. “The silos are full.”",
    "Exports of wheat begin in September.",
    lead="The minister warns that silos are full",
    said=(
        ("Ines Calloway", "We have never seen wheat like this on the southern plain,"),
        ("Ines Calloway", "The silos are full."),
    ),
    topics=(TRADE,),
    published_from="inferred",
    url="https://nora.example/harvest",
)
PIPELINE = article(
    "Gas pipeline to Ostmark to open in spring",
    "The pipeline will carry gas from the coast, Tomas Brandt said.",
    "“The gas will flow in April,” Brandt said.",
    published="2021-11-30",
    place="Lorne",
    said=(("Tomas Brandt", "The gas will flow in April,"),),
    topics=(TRADE,),
    sectors=(OIL,),
)
UNDATED = article("A note without a date", "One sentence about wheat.", published=None, place=None, agency=None)
EMPTY = article("Only a headline about wheat", published="2020-05-01")
HOSTILE_ARTICLE = article(
    f"{HOSTILE} and wheat",
    f"“{HOSTILE}” he said of wheat & barley.",
    published="2020-05-02",
    place=HOSTILE,
    agency=HOSTILE,
    lead=HOSTILE,
    said=((HOSTILE, HOSTILE),),
    url="javascript:alert(1)",
)
SERIES = tuple(
    article(
        f"Port report number {n}",
        f"Ships called at the port on day {n}.",
        published=f"2019-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
        place="Port Velden" if n % 2 else "Lorne",
    )
    for n in range(40)
)

ARTICLES = (HARVEST, PIPELINE, UNDATED, EMPTY, HOSTILE_ARTICLE, *SERIES)
