from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.archive import HARVEST, article
from tests.conftest import SiteOf
from tests.web.page import Page, read_json


def test_years_have_counts(client: FlaskClient) -> None:
    years = read_json(client, "/browse.json")["years"]
    assert [(year["date"], year["articles"]) for year in years] == [("2022", 1), ("2021", 1), ("2020", 2), ("2019", 40)]
    assert "/browse/2022" in [e["href"] for e in Page(client.get("/browse").text).all("a") if e.text == "2022"]


def test_a_year_has_months_and_years_around_that_have_articles(client: FlaskClient) -> None:
    page = Page(client.get("/browse/2020").text)
    assert page.heading == "2020"
    assert page.link("May 2020") == "/browse/2020/05"
    assert page.one("a", rel="prev")["href"] == "/browse/2019"
    assert page.one("a", rel="next")["href"] == "/browse/2021"


def test_a_month_is_a_calendar_whose_days_are_links(client: FlaskClient) -> None:
    page = Page(client.get("/browse/2022/02").text)
    table = page.one("table", class_="days")
    assert table.text.endswith("26 27 28") or table.text.endswith("28")
    assert page.one("a", aria_label="4 February 2022: 1 article")["href"] == "/browse/2022/02/04"
    assert page.one("a", rel="prev")["href"] == "/browse/2021/11"
    assert not page.all("a", rel="next")


def test_days_of_a_month_add_up_to_it(client: FlaskClient) -> None:
    for month in read_json(client, "/browse/2019.json")["months"]:
        found = read_json(client, f"{month['url']}.json")
        assert sum(day["articles"] for day in found["days"]) == found["total"] == month["articles"]


def test_a_day_has_its_articles_and_days_around_that_have_some(client: FlaskClient) -> None:
    page = Page(client.get("/browse/2022/02/04").text)
    assert page.link(HARVEST.headline) == HARVEST.url
    assert page.one("a", rel="prev")["href"] == "/browse/2021/11/30"
    assert page.link("February 2022") == "/browse/2022/02"


def test_a_day_of_many_articles_has_pages(site_of: SiteOf) -> None:
    many = [article(f"News number {n}", "Nothing new.") for n in range(60)]
    client = site_of(many).test_client()
    page = Page(client.get("/browse/2022/02/04").text)
    assert page.link("Next") == "/browse/2022/02/04?page=2"
    assert len(Page(client.get("/browse/2022/02/04?page=2").text).all("li", class_="hit")) == 10
    assert client.get("/browse/2022/02/04?page=3").status_code == 400


@pytest.mark.parametrize(
    ("path", "kind", "before", "after"),
    [
        ("2020/06", "month", "/browse/2020/05", "/browse/2021/11"),
        ("9999", "year", "/browse/2022", None),
        ("0001/01/01", "day", None, "/browse/2019/01/01"),
        ("9999/12/31", "day", "/browse/2022/02/04", None),
    ],
)
def test_a_period_without_articles_leads_to_the_nearest_that_have_some(
    client: FlaskClient, path: str, kind: str, before: str | None, after: str | None
) -> None:
    response = client.get(f"/browse/{path}")
    assert response.status_code == client.get(f"/browse/{path}.json").status_code == 404
    page = Page(response.text)
    assert f"No article of this {kind}." in page.one("main").text
    assert [link["href"] for link in page.all("a", rel="prev")] == ([before] if before else [])
    assert [link["href"] for link in page.all("a", rel="next")] == ([after] if after else [])


@pytest.mark.parametrize("path", ["x", "2022/13", "2022/2", "2022/02/30", "0000", "2022/02/04/05", "2022-02"])
def test_what_is_no_date_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/browse/{path}").status_code == 404
    assert client.get(f"/browse/{path}.json").status_code == 404


def test_months_and_days_show_their_share_and_the_figure(site_of: SiteOf) -> None:
    days = ["2020-03-01"] * 4 + ["2020-03-02", "2020-05-01"]
    archive = [article(f"News number {n}", "Nothing new.", published=day) for n, day in enumerate(days)]
    client = site_of(archive).test_client()
    year = Page(client.get("/browse/2020").text)
    bars = [rect["width"] for rect in year.all("rect") if "x" not in rect.attributes]
    assert bars[:2] == ["100.0%", "20.0%"]
    assert year.one("section", aria_labelledby="months-name").text == "Months March 2020 5May 2020 1"
    month = Page(client.get("/browse/2020/03").text)
    assert [month.one("a", class_=f"level-{n}").text for n in (4, 1)] == ["1 4", "2 1"]
