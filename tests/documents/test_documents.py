"""What a document tells its reader to type is typed by a test, or says why it cannot be.

The guide of the plugin has a test that takes all its blocks at once: see `host.py`.
"""

import re
from pathlib import Path

import pytest

from tests.documents.blocks import ROOT, Block, Reader, blocks
from tests.documents.journeys import JOURNEYS, OPERATIONS

HERE = Path(__file__).parent
DOCUMENTS = {"README.md": "Operations", OPERATIONS: ""}
"""Those whose commands are run, and under which heading, where it is not all of it."""
TEXT = """# Title

## One

```sh
make one
```

1. Do this:

   ```console
   two \\
     --more
   ```

<!-- not run: there is no three here -->
```sh
three
```

### Deeper

```python
four = "```"
```

## Two

```sh
five
```
"""


def commands(document: str) -> list[Block]:
    part = DOCUMENTS[document]
    return [
        one for one in blocks(document) if one.is_command and (not part or part in one.headings)
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_belongs_to_one_journey_or_has_its_reason(document: str) -> None:
    travellers = [one.reader() for one in JOURNEYS.values() if one.document == document]
    run = [block for reader in travellers for block in reader.unread()]
    reasoned = [block for block in commands(document) if block.not_run]
    assert sorted(map(str, [*run, *reasoned])) == sorted(map(str, commands(document)))


@pytest.mark.parametrize("name", JOURNEYS)
def test_every_journey_is_gone_by_one_test_that_leaves_nothing_out(name: str) -> None:
    asked = f'JOURNEYS["{name}"].reader()'
    tests = [path for path in HERE.glob("*.py") if f"reader = {asked}" in path.read_text()]
    assert len(tests) == 1
    assert "assert not reader.unread()" in tests[0].read_text()


def test_what_cannot_be_run_is_the_exception() -> None:
    everything = [block for document in DOCUMENTS for block in commands(document)]
    assert len([block for block in everything if block.not_run]) <= 3
    assert all(len(block.not_run) > 20 for block in everything if block.not_run)


def test_a_document_is_read_as_its_reader_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda _path: TEXT)
    one, two, three, four, five = blocks("some.md")
    assert (one.text, one.line, one.heading, one.language) == ("make one\n", 5, "One", "sh")
    assert two.text == "two \\\n  --more\n"
    assert (three.not_run, four.not_run) == ("there is no three here", "")
    assert (four.headings, four.is_command) == (("Title", "One", "Deeper"), False)
    assert five.headings == ("Title", "Two")

    reader = Reader("some.md", "One")
    assert reader.take() == [one, two]
    with pytest.raises(ValueError, match="no block left"):
        reader.take()
    assert reader.unread() == []
    with pytest.raises(ValueError, match="Three"):
        Reader("some.md", "Three")
    assert Reader("some.md").unread() == [one, two, five]


def test_a_block_that_is_not_closed_is_no_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda _path: "```sh\nrm")
    with pytest.raises(ValueError, match=r"some\.md:1"):
        blocks("some.md")


def test_what_a_document_names_of_deploy_is_there() -> None:
    named = re.findall(r"current/(deploy/[\w./-]+[\w])", (ROOT / OPERATIONS).read_text())
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []
