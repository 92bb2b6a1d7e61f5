from __future__ import annotations

import pytest
from flask import Flask

from search.web.links import index_url, value_url


@pytest.mark.parametrize(
    ("facet", "value", "url", "index"),
    [
        ("speaker", "Ines Calloway", "/speakers/ines-calloway", "/speakers"),
        ("place", "Port Velden", "/places/port-velden", "/places"),
        ("topic", "medtop:1", "/topics/medtop:1", "/topics#topics"),
        ("sector", "medtop:1", "/topics/medtop:1", "/topics#sectors"),
        ("agency", "NORA", "/agencies/nora", "/agencies"),
    ],
)
def test_values_of_facets_have_pages(site: Flask, facet: str, value: str, url: str, index: str) -> None:
    with site.test_request_context():
        assert value_url(facet, value) == url
        assert index_url(facet) == index


def test_every_page_leads_to_the_lists(site: Flask) -> None:
    text = site.test_client().get("/help").text
    for url in ("/search", "/quotes", "/speakers", "/topics", "/places", "/help"):
        assert f'href="{url}"' in text
