from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from cms.static_files import SHEET, Storage, packed, with_imports

FOLDER = Path(str(finders.find(SHEET))).parent
BESIDE = {"site.css", "landscape.css"}


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


def test_every_sheet_is_in_the_sheet_of_the_site() -> None:
    whole = (FOLDER / "site.css").read_text()
    names = {sheet.name for sheet in FOLDER.glob("*.css")} - BESIDE
    assert names == {name for name in names if f'@import url("{name}") layer(' in whole}


def test_all_sheets_together_stay_small() -> None:
    whole = with_imports(SHEET, lambda name: (FOLDER / Path(name).name).read_text())
    assert len(whole) + len((FOLDER / "landscape.css").read_text()) < 40_000
