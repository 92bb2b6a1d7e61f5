"""The table of aliases: how names match, and what a mistake in the file says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from search.articles.aliases import SHIPPED, AliasTable, BadAliasFile
from search.articles.naming import spelled

NAMES = """[speakers]
"José Almera" = []
"Dmitry Arlov" = ["Dmitri Arlov", "D. Arlov"]
"Harbour Workers' Union" = ["H.W.U."]
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> AliasTable:
    path = tmp_path_factory.mktemp("aliases") / "aliases.toml"
    path.write_text(NAMES, "utf-8")
    return AliasTable.load(path)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dmitri Arlov", "Dmitry Arlov"),
        ("DMITRI ARLOV", "Dmitry Arlov"),
        ("D. Arlov", "Dmitry Arlov"),
        ("Jose Almera", "José Almera"),
        ("HWU", "Harbour Workers' Union"),
        ("harbour workers’ union", "Harbour Workers' Union"),
    ],
)
def test_a_variant_goes_by_the_name_to_show(table: AliasTable, written: str, name: str) -> None:
    assert table.name(written) == name


@pytest.mark.parametrize("written", ["Arlov", "Anna Arlov", "Dmitri Arlov Jr.", "Ilva Morn"])
def test_a_name_matches_as_a_whole_or_not_at_all(table: AliasTable, written: str) -> None:
    assert table.name(written) == written


def test_a_name_that_is_not_listed_takes_the_common_spelling(table: AliasTable) -> None:
    assert table.name("ILVA  MORN‑BRASK") == "Ilva Morn-Brask"


def test_the_shipped_file_can_be_read_and_shows_names_in_the_common_spelling() -> None:
    table = AliasTable.load()
    for name, variants in tomllib.loads(SHIPPED.read_text("utf-8"))["speakers"].items():
        assert spelled(name) == name
        assert {table.name(variant) for variant in variants} == {name}


def test_the_examples_at_the_top_of_the_shipped_file_can_be_read(tmp_path: Path) -> None:
    lines = [line.removeprefix("#   ") for line in SHIPPED.read_text("utf-8").splitlines() if line.startswith("#   ")]
    examples = [line.partition("]  ")[0] + "]" for line in lines if line.startswith(("[", '"'))]
    path = tmp_path / "aliases.toml"
    path.write_text("\n".join(examples).replace("[speakers]]", "[speakers]"), "utf-8")
    table = AliasTable.load(path)
    assert (table.name("D. Arlov"), table.name("HWU")) == ("Dmitry Arlov", "Harbour Workers' Union")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no toml", "is not valid TOML"),
        ('"A B" = ["C"]', r"a line \[speakers\]"),
        ("[speaker]", r"a line \[speakers\]"),
        ("[speakers]\n[people]", r"a line \[speakers\]"),
        ('[speakers]\n"A B" = "C"', r'write "A B" = \["…", "…"\]'),
        ('[speakers]\n"A B" = [1]', r'write "A B" = \["…", "…"\]'),
        ('[speakers]\n"A B" = ["…"]', "without a letter"),
        ('[speakers]\n"A B" = ["C"]\n"D" = ["c"]', "'c' belongs to both 'A B' and 'D'"),
        ('[speakers]\n"A B" = ["C"]\n"C" = ["D"]', "'C' belongs to both 'A B' and 'C'"),
    ],
)
def test_a_mistake_is_named_with_its_mend(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "aliases.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadAliasFile, match=message) as error:
        AliasTable.load(path)
    assert str(path) in str(error.value)


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadAliasFile, match="can't be read"):
        AliasTable.load(tmp_path / "none.toml")
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(BadAliasFile, match="save it as UTF-8"):
        AliasTable.load(tmp_path / "a.toml")


def test_the_table_settles_the_names_that_stand_in_it_and_no_others() -> None:
    table = AliasTable({"dmitry arlov": "Dmitry Arlov", "d arlov": "Dmitry Arlov"})
    assert table.settles("Dmitry ARLOV")
    assert table.settles("D. Arlov")
    assert not table.settles("Dmitri Arlov")
