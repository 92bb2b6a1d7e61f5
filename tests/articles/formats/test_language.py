"""A light guess at the language."""

from __future__ import annotations

import pytest

from search.articles.formats.language import language_of, stated_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The boats of the company run to the islands and back.", "en"),
        ("Die Fähren der Gesellschaft fahren nicht auf die Inseln und zurück.", "de"),
        ("Les bateaux de la compagnie ne vont plus dans les îles.", "fr"),
        ("Los barcos de la compañía no van a las islas por la noche.", "es"),
        ("Паром компании больше не ходит на острова.", "ru"),
        ("Пором компанії більше не їздить на острови.", "uk"),
        ("渡轮公司宣布减少班次。", "zh"),
        ("フェリー会社は便を減らすと発表した。", "ja"),
        ("페리 회사는 운항을 줄인다.", "ko"),
    ],
)
def test_the_language_shows(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Orva 3, Arella 2", "1 2 3"])
def test_too_little_text_tells_nothing(text: str) -> None:
    assert language_of(text) is None


def test_stated_tags_keep_their_language_only() -> None:
    assert [stated_language(tag) for tag in ("en-US", "RU", "pt_BR", "English", "", None)] == [
        "en",
        "ru",
        "pt",
        None,
        None,
        None,
    ]
