"""All that a search finds, in its order, also where an engine gives it in parts."""

import pytest

from search.engines.base import Engine, Request
from search.engines.elasticsearch import reader, requests
from search.questions.parsing import parse_text
from tests.contracts.corpus import DOCUMENTS, ORDERS

FEW = 3


@pytest.mark.parametrize("order", ["relevantie", *ORDERS])
@pytest.mark.parametrize("text", ["", "training", "onvindbaar"])
def test_all_that_is_found_comes_in_the_order_of_its_pages(
    corpus: Engine, monkeypatch: pytest.MonkeyPatch, order: str, text: str
) -> None:
    request = Request(parse_text(text), order=order, offset=2, limit=1)
    whole = corpus.ids(Request(parse_text(text), order=order, limit=len(DOCUMENTS)))
    if not text:
        assert len(whole) > 2 * FEW
    for module in (reader, requests):
        monkeypatch.setattr(module, "MAX_DEPTH", FEW)
    assert list(corpus.reader().every_id(request)) == list(whole)
