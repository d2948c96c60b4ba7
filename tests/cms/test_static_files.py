import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from cms.static_files import SHEET, Storage, packed, with_imports

PLUGIN = "practices/css/practices.css"
BESIDE = {"site.css", "practices.css", "landscape.css"}


def source_of(name: str) -> str:
    """A sheet as it is written."""
    return Path(str(finders.find(name))).read_text()


def collect(source: Path, target: Path) -> str:
    """What `collectstatic` makes of a sheet that imports another: the text that browsers get."""
    files = FileSystemStorage(source)
    names = [SHEET, "cms/css/one.css"]
    target.mkdir(exist_ok=True)
    storage = Storage(location=target, base_url="/static/")
    for name in names:
        if not storage.exists(name):
            with files.open(name) as file:
                storage.save(name, file)
    done = list(storage.post_process({name: (files, name) for name in names}))
    assert all(hashed and not isinstance(hashed, Exception) for _name, hashed, _new in done)
    return (target / storage.stored_name(SHEET)).read_text()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source" / "cms" / "css"
    folder.mkdir(parents=True)
    (folder / "site.css").write_text('@layer a;\n@import url("one.css") layer(a);\n')
    (folder / "one.css").write_text("/* One. */\np { color: red; }\n")
    return tmp_path / "source"


@override_settings(DEBUG=False)
def test_a_sheet_holds_what_it_imports_also_after_a_change(tmp_path: Path, source: Path) -> None:
    whole = "@layer a;\n@layer a{p{color:red;}}\n"
    assert collect(source, tmp_path / "target") == whole
    (source / "cms/css/one.css").write_text("p { color: blue; }\n")
    assert collect(source, tmp_path / "target") == whole.replace("red", "blue")


def test_spaces_that_mean_something_stay() -> None:
    sheet = """
        a :is(b, c):hover::after { content: "; , : "; margin: 0 calc(1rem + 2px); }
        @media (min-width: 1rem) and (hover) { a > b { color: red; } }
    """
    assert packed(sheet) == (
        'a :is(b,c):hover::after{content:"; , : ";margin:0 calc(1rem + 2px);}'
        "@media (min-width:1rem) and (hover){a > b{color:red;}}"
    )


def test_an_imported_sheet_may_import_and_its_addresses_hold() -> None:
    sheets = {
        "site/css/all.css": '@import url("../../plugin/css/all.css");',
        "plugin/css/all.css": '@layer a;\n@import url("one.css") layer(a);',
        "plugin/css/one.css": '/* One. */ p { background: url("../one.png"); }',
    }
    whole = '@layer a;@layer a{p{background:url("../../plugin/one.png");}}'
    assert with_imports("site/css/all.css", sheets.__getitem__) == whole


@pytest.mark.parametrize("name", [SHEET, PLUGIN])
def test_every_sheet_is_in_the_sheet_of_its_package(name: str) -> None:
    folder = Path(str(finders.find(name))).parent
    names = {sheet.name for sheet in folder.glob("*.css")} - BESIDE
    assert names == {one for one in names if f'@import url("{one}") layer(' in source_of(name)}


def test_the_sheet_of_the_plugin_says_all_that_it_is_made_of() -> None:
    whole = with_imports(PLUGIN, source_of)
    used = set(re.findall(r"var\((--[\w-]+)", whole))
    assert used <= set(re.findall(r"(--[\w-]+):", whole))


def test_all_sheets_together_stay_small() -> None:
    whole = with_imports(SHEET, source_of)
    assert len(whole) + len(source_of("practices/css/landscape.css")) < 41_000
