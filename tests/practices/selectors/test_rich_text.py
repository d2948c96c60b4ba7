"""Rich text as visitors get it."""

import pytest
from wagtail.models import PageViewRestriction

from practices.selectors.rich_text import expand
from tests.factories import PracticePageFactory

pytestmark = pytest.mark.django_db


def test_a_link_to_a_page_that_not_everybody_may_see_tells_no_address() -> None:
    public, draft = PracticePageFactory(), PracticePageFactory(live=False)
    private = PracticePageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    texts = [f'<a linktype="page" id="{one.pk}">x</a>' for one in (public, draft, private)]
    assert expand(*texts) == [f'<a href="{public.url}">x</a>', "<a>x</a>", "<a>x</a>"]
