from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from search.documents import Index
from search.engines import checks, engine_for
from search.engines.tantivy.engine import TantivyEngine

ANY = Index("any", weights={}, facets=(), orders={}, load=lambda _ids: (), ids=lambda: ())


def test_each_index_has_a_folder_in_the_one_that_is_named(tmp_path: Path) -> None:
    assert TantivyEngine.from_url(f"tantivy://{tmp_path}", ANY).folder == tmp_path / "any"


@pytest.mark.parametrize("url", ["tantivy://var/index", "tantivy:var/index", "tantivy://index"])
def test_a_folder_that_is_named_from_here_would_be_another_one(url: str) -> None:
    engine_for.cache_clear()
    with override_settings(SEARCH_URL=url), pytest.raises(ImproperlyConfigured) as caught:
        checks.check_url()
    assert "after three slashes: tantivy:///path/of/a/folder" in str(caught.value)
