from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from search.web.assets import asset
from tests.index.naive import NaiveEngine
from tests.web.page import Page


def test_static_files_are_named_by_their_content_and_kept(client: FlaskClient) -> None:
    page = Page(client.get("/").text)
    sheet = page.one("link", rel="stylesheet")["href"]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]
    assert client.get("/static/app.css").headers["Cache-Control"] == "no-cache"


def test_style_and_script_stay_small(site: Flask) -> None:
    files = [file for file in Path(site.static_folder or "").iterdir() if file.suffix in (".css", ".js")]
    assert {"app.css", "app.js"} <= {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < 50_000


def test_what_a_script_imports_is_named_by_its_content_and_kept_too(client: FlaskClient) -> None:
    scripts = [script["src"] for script in Page(client.get("/").text).all("script", type="module")]
    imported = {name for src in scripts for name in re.findall(r'from "\./([^"]+)"', client.get(src).text)}
    assert imported
    for name in imported:
        assert re.fullmatch(r"[a-z]+\.js\?v=[0-9a-f]{12}", name)
        assert "immutable" in client.get(f"/static/{name}").headers["Cache-Control"]


def _addresses(folder: Path, imported: str) -> dict[str, str]:
    """Of two scripts, one of which imports the other, and of a third."""
    folder.mkdir()
    (folder / "box.js").write_text('import { list } from "./list.js";\n')
    (folder / "list.js").write_text(imported)
    (folder / "keys.js").write_text("go();")
    app: Flask = create_app(engine=NaiveEngine(str))
    app.static_folder = str(folder)
    with app.test_request_context():
        return {name: asset(f"{name}.js") for name in ("box", "list", "keys")}


def test_a_script_has_another_address_when_what_it_imports_has_changed(tmp_path: Path) -> None:
    before, after = (_addresses(tmp_path / text, f"export const list = '{text}';") for text in ("old", "new"))
    assert {name for name in before if before[name] != after[name]} == {"box", "list"}
