"""A process killed while it keeps a PDF leaves none that is half."""

import pytest

from tests.faults.conftest import Site

pytestmark = pytest.mark.fault

KILLED = -9


@pytest.mark.usefixtures("pango")
def test_a_process_killed_while_it_keeps_a_pdf_leaves_none_that_is_half(site: Site) -> None:
    assert site.script("make_pdf_and_die_while_writing") == KILLED
    (practice,) = (one for one in (site.folder / "pdf").iterdir() if one.is_dir())
    assert [one.suffix for one in practice.iterdir()] == [".part"]
    size = site.tell("make_pdf")
    (pdf,) = practice.iterdir()
    assert pdf.suffix == ".pdf", "the remains are gone"
    content = pdf.read_bytes()
    assert str(len(content)) == size
    assert content.rstrip().endswith(b"%%EOF")
