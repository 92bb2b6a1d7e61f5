import csv
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.articles.classification.lexicon import plurals
from search.articles.classification.topic_file import Entry, read_topics
from search.articles.model import Paragraph, Topic
from search.articles.topics import SECTORS, SHIPPED, TopicTable

REAL_DATA = os.environ.get("REAL_DATA")
TABLE = TopicTable.load()
WORDS = [entry.written.strip("*") for topic in read_topics(SHIPPED).values() for entry in topic.entries]

TOPICS = [
    (
        "Lighthouse trilogy tops the box office",
        "The film, directed by Oona Bell, drew crowds to every cinema.",
        "movies",
    ),
    ("Singer cancels world tour", "The pop star said her new album and concerts would have to wait.", "music"),
    (
        "Novelist wins literary prize",
        "Her debut novel tells the story of a ferryman. The author thanked readers.",
        "literature",
    ),
    (
        "Two jailed for bank robbery",
        "The robbers stole cash and jewels; police recovered the stolen goods.",
        "robbery and theft",
    ),
    ("Quake shakes Lomar valley", "The earthquake measured 6.1; aftershocks kept residents outdoors.", "earthquake"),
    ("Brindle Foods profit rises", "Quarterly profit rose and revenue beat what analysts expected.", "earnings"),
    (
        "Corrie agrees to buy rival",
        "The takeover bid values it at 3 billion; the merger needs approval.",
        "merger or acquisition",
    ),
    (
        "Central bank cuts interest rates",
        "Borrowing costs fall by a quarter point, the Bank of Lomar said.",
        "interest rate",
    ),
    (
        "Lomar and Estra sign trade deal",
        "The free trade agreement removes tariffs; exports should grow.",
        "trade agreements",
    ),
    ("Pupils return to school", "Teachers and the headteacher welcomed pupils to classrooms.", "school"),
    (
        "Emissions targets agreed at climate summit",
        "Climate change talks set limits on greenhouse gases.",
        "climate change",
    ),
    (
        "Measles outbreak closes clinic",
        "The disease infected forty patients, the health ministry said.",
        "communicable disease",
    ),
    ("Royal wedding draws crowds", "The bride arrived at noon; the royal family waved.", "wedding"),
    ("Dockers on strike over pay", "The trade union said strikers would stay on the picket line.", "labor strike"),
    ("Gamers queue for new console", "The video game maker sold its games console out.", "video game"),
    (
        "Voters go to the polls",
        "Polling stations opened for the general election; candidates voted early.",
        "national elections",
    ),
    ("Foreign ministers meet in Sorrel", "Diplomats spoke of bilateral relations and an official visit.", "diplomacy"),
    ("Archbishop opens cathedral", "The Anglican bishop led prayers in the church.", "Anglican"),
    ("Telescope finds distant planet", "Astronomers saw a planet orbit a star in another galaxy.", "astronomy"),
    (
        "Software flaw lets hackers in",
        "A security hole in the web browser exposes computers.",
        "information technology and computer science",
    ),
    ("Shelter opens for homeless families", "Rough sleepers will find beds; homelessness has grown.", "homelessness"),
    (
        "Late goal wins cup final",
        "The striker beat the goalkeeper in injury time at the Premier League club.",
        "soccer",
    ),
    ("Rebels break ceasefire", "Troops and guerrillas fought for a third day; shelling went on.", "armed conflict"),
    ("Snow and gales forecast", "Forecasters at the weather bureau expect blizzards and gales.", "weather forecast"),
]

SECTOR_ARTICLES = [
    ("Drillers find crude oil", "The oil field holds millions of barrels, the petroleum ministry said.", "oil and gas"),
    ("Wind farm to power island", "Forty wind turbines will stand offshore.", "wind power"),
    ("Wheat harvest down", "Farmers blamed drought for a poor grain crop.", "agriculture"),
    ("Trawlers stay in port", "Fishermen protest against catch quotas for cod.", "commercial fishing"),
    (
        "Copper mine reopens",
        "The mining company will ship copper ore and zinc.",
        "metal and mineral mining and refining",
    ),
    ("New cars from old plant", "The carmaker will build automobiles again.", "automotive"),
    ("Helicopter order lifts plane maker", "The aerospace firm builds aircraft and jet engines.", "aerospace"),
    ("Drug maker tests vaccine", "The pharmaceutical company plans clinical trials.", "pharmaceutical"),
    (
        "Ferry and freighter services resume",
        "Ships and vessels left port; shipping returned to normal.",
        "waterway and maritime transport",
    ),
    ("Reactor restarts", "The nuclear power plant feeds the grid again.", "nuclear power"),
    ("Supermarkets cut prices", "Shoppers in the high street saw retailers compete.", "retail"),
    ("Bank branches to close", "The commercial bank and other lenders blamed lower deposits.", "banking"),
]


def article(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(n, text) for n, text in enumerate(texts, 1))


def labels(topics: tuple[Topic, ...]) -> list[str]:
    return [topic.label for topic in topics]


@pytest.mark.parametrize(("headline", "text", "label"), TOPICS, ids=[label for *_, label in TOPICS])
def test_an_article_is_filed_under_its_topic(headline: str, text: str, label: str) -> None:
    topics, _ = TABLE.classify(headline, None, article(text))
    assert label in {TABLE.label(code) for topic in topics for code in topic.path}


@pytest.mark.parametrize(("headline", "text", "label"), SECTOR_ARTICLES, ids=[label for *_, label in SECTOR_ARTICLES])
def test_an_article_is_filed_under_its_sector(headline: str, text: str, label: str) -> None:
    assert labels(TABLE.classify(headline, None, article(text))[1])[:1] == [label]


def test_an_article_about_nothing_known_has_no_topics() -> None:
    assert TABLE.classify("Notes", None, article("There was little to report, and nobody came.")) == ((), ())


def test_an_empty_article_has_no_topics() -> None:
    assert TABLE.classify("", None, ()) == ((), ())


def test_words_that_mean_something_else_do_not_count() -> None:
    kitchen = TABLE.classify("Olive oil and palm oil for the kitchen", None, article("Olive oil keeps for a year."))
    assert "oil and gas" not in labels(kitchen[1])


def test_the_headline_says_more_than_the_body() -> None:
    body = article("A remark.", *["The council met again to speak of nothing in particular."] * 40, "Fish was served.")
    assert labels(TABLE.classify("Trawlers bring fish", None, body)[1]) == ["commercial fishing"]
    assert TABLE.classify("Council", None, body)[1] == ()


def test_a_company_report_that_names_its_industry_once_is_not_news_of_the_industry() -> None:
    report = article("Year net profit fell to 3 mln from 4 mln. Net loss vs net profit, revenue down, dividend cut.")
    assert TABLE.classify("Corrie Steel earnings, profit, revenue and dividend fall", None, report)[1] == ()


def test_a_path_runs_from_the_top_to_the_topic() -> None:
    assert TABLE.path("medtop:20000263") == (
        "medtop:04000000", SECTORS, "medtop:20000256", "medtop:20001243", "medtop:20000263",
    )  # fmt: skip


def test_sectors_stand_below_products_and_services_and_topics_elsewhere() -> None:
    topics, sectors = TABLE.classify("Oil exports rise", None, article("Crude oil exports rose; trade grew."))
    assert [SECTORS in topic.path for topic in (*topics, *sectors)] == [False] * len(topics) + [True] * len(sectors)
    assert topics
    assert sectors


def test_an_unknown_code_has_no_label_no_path_and_no_children() -> None:
    assert (TABLE.label("own:x"), TABLE.path("own:x"), TABLE.children("own:x")) == (None, (), ())


def test_children_are_the_topics_right_below() -> None:
    assert "medtop:20001243" in TABLE.children("medtop:20000256")
    assert "medtop:20000263" not in TABLE.children("medtop:20000256")


def test_the_reasons_name_the_words_that_led_to_a_topic() -> None:
    reasons = TABLE.explain("Trawlers stay in port", None, article("Fishermen protest; olive oil is dear."))
    assert {reason.words for reason in reasons["medtop:20000213"]} >= {"trawler", "fishermen"}
    assert all(reason.evidence > 0 for reason in reasons["medtop:20000213"])


def test_reasons_are_given_for_just_what_was_found() -> None:
    given_article = ("Ministers meet", "A summit", article("Diplomats spoke of crude oil, barrels and refineries."))
    topics, sectors = TABLE.classify(*given_article)
    assert list(TABLE.explain(*given_article)) == [topic.code for topic in (*topics, *sectors)]


def test_a_user_can_add_a_topic(tmp_path: Path) -> None:
    copy = tmp_path / "topics.toml"
    own = '[[topic]]\ncode = "own:harbour"\nlabel = "our harbour"\nwords.12 = ["Old Quay"]\n'
    copy.write_text(SHIPPED.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert labels(TopicTable.load(copy).classify("Old Quay", None, ())[0]) == ["our harbour"]


def test_a_table_can_go_to_another_process() -> None:
    told = ("Trawlers stay in port", None, article("Fishermen protest."))
    expected = TABLE.classify(*told)
    assert pickle.loads(pickle.dumps(TABLE)).classify(*told) == expected


def test_all_top_topics_and_many_below_are_shipped() -> None:
    depths = [len(topic.path) for topic in TABLE.topics.values() if SECTORS not in topic.path]
    assert depths.count(1) == 17
    assert depths.count(2) >= 60
    assert sum(SECTORS in topic.path[:-1] for topic in TABLE.topics.values()) >= 100


def test_every_shipped_topic_can_be_found_by_words_or_by_those_below_it() -> None:
    definitions = read_topics(SHIPPED)
    worded = {code for topic in definitions.values() if topic.entries for code in TABLE.path(topic.code)}
    assert definitions.keys() - worded == set()


def test_every_shipped_phrase_under_not_hides_words_of_its_topic() -> None:
    idle = [
        (topic.code, hiding.written)
        for topic in read_topics(SHIPPED).values()
        for hiding in topic.entries
        if hiding.weight == 0 and not any(hides(hiding, entry) for entry in topic.entries if entry.weight)
    ]
    assert idle == []


def hides(hiding: Entry, entry: Entry) -> bool:
    first = list(entry.tokens[:-1])
    starts = range(len(hiding.tokens) - len(first))
    return any(
        list(hiding.tokens[start : start + len(first)]) == first and matches(hiding.tokens[start + len(first)], entry)
        for start in starts
    )


def matches(word: str, entry: Entry) -> bool:
    last = entry.tokens[-1]
    return word.startswith(last) if entry.prefix else word in (last, *plurals(last))


@pytest.mark.skipif(not REAL_DATA, reason="REAL_DATA names no folder with the tables of the standard")
def test_every_shipped_topic_is_one_of_the_standard() -> None:
    with (Path(REAL_DATA or "") / "iptc" / "mediatopics.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        standard = {row["code"]: (row["label"], row["parent"] or None) for row in rows if not row["retired"]}
    shipped = {topic.code: (topic.label, topic.parent) for topic in read_topics(SHIPPED).values()}
    assert shipped.items() - standard.items() == set()


@given(st.text(max_size=300), st.none() | st.text(max_size=100), st.lists(st.text(max_size=300), max_size=4))
def test_any_text_is_classified(headline: str, lead: str | None, texts: list[str]) -> None:
    topics, sectors = TABLE.classify(headline, lead, article(*texts))
    assert len(topics) <= 5
    assert len(sectors) <= 5


@given(st.lists(st.sampled_from(WORDS), max_size=80))
def test_however_much_fits_at_most_five_of_each_are_given(words: list[str]) -> None:
    topics, sectors = TABLE.classify(" ".join(words[:9]), None, article(". ".join(words)))
    assert len(topics) <= 5
    assert len(sectors) <= 5
    assert len({topic.code for topic in (*topics, *sectors)}) == len(topics) + len(sectors)


def test_a_trade_that_the_body_mentions_once_in_passing_is_no_sector() -> None:
    opening = "The council met on Monday and talked about the budget for next year until late in the evening."
    mentioned = "She read the news from her sofa." + " She said nothing more about it." * 6
    assert [sector.label for sector in _sectors("Council meets", opening, mentioned)] == []
    said_again = mentioned + " The sofa was old."
    assert [sector.label for sector in _sectors("Council meets", opening, said_again)] == ["furnishings and furniture"]


def test_the_account_of_a_sector_counts_a_mention_in_passing_as_reading_does() -> None:
    once, twice = (_counted("The carpet was new. The rain stopped." + said) for said in ("", " The carpet tore."))
    assert 0 < once < 0.7 * twice


def _counted(body: str) -> float:
    """What "carpet" counts for a sector in an article about sofas."""
    reasons = TABLE.explain("Sofas shown", None, [Paragraph(1, "The council met."), Paragraph(2, body)])
    return sum(reason.evidence for of_topic in reasons.values() for reason in of_topic if reason.words == "carpet")


def _sectors(headline: str, *texts: str) -> tuple[Topic, ...]:
    return TABLE.classify(headline, None, [Paragraph(n, text) for n, text in enumerate(texts, 1)])[1]
