"""Puts fictional practices into the database, thousands at a time."""

import uuid
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from tqdm import tqdm

from cms.synthetic.bulk import Places, insert_pages
from cms.synthetic.database import current_world, next_number
from cms.synthetic.generate import FIRST_DAY, SyntheticPractice, generate
from cms.synthetic.parts import Keys, write_parts, write_terms, write_trainers
from practices.models import Municipality, MunicipalityIndexPage, MunicipalityPage, PracticePage
from practices.services.record import record_practices

CHUNK = 1_000


def add_synthetic(*, count: int, seed: int) -> None:
    """Add so many fictional practices, after those of the same seed that are there already.

    So 1,000 and then 9,000 of a seed are the same practices as 10,000 at once. Each thousand is
    one transaction. Raises `MunicipalityIndexPage.DoesNotExist` where there is no tree yet.
    """
    writer = Writer()
    practices = generate(current_world(), seed=seed, count=count, start=next_number(seed))
    with tqdm(total=count, desc="Fictional practices", unit="", disable=None) as bar:
        while chunk := list(islice(practices, CHUNK)):
            writer.write(chunk, seed)
            bar.update(len(chunk))


@transaction.atomic
def ensure_all_municipality_pages() -> dict[str, int]:
    """The keys of the pages of all municipalities, by CBS code; missing pages are made in bulk.

    They have no revision, by which `remove` knows them.
    """
    index = MunicipalityIndexPage.objects.get()
    places = Places([index])
    kind = ContentType.objects.get_for_model(MunicipalityPage)
    pages = []
    for municipality in Municipality.objects.filter(page=None):
        page = MunicipalityPage(
            title=municipality.name,
            slug=municipality.slug,
            municipality=municipality,
            **_published(municipality.name, kind, index.locale_id),
        )
        places.put(page, index.pk)
        pages.append(page)
    if pages:
        insert_pages(pages)
        places.count_children()
    return dict(MunicipalityPage.objects.values_list("municipality__code", "pk"))


def _published(
    title: str, kind: ContentType, locale_id: int, at: Any = FIRST_DAY
) -> dict[str, Any]:
    """What Wagtail sets on a page that is published."""
    return {
        "draft_title": title,
        "content_type": kind,
        "locale_id": locale_id,
        "live": True,
        "first_published_at": at,
        "last_published_at": at,
    }


class Writer:
    """Writes chunks of practices; keys are looked up once."""

    def __init__(self) -> None:
        self.pages = ensure_all_municipality_pages()
        parents = MunicipalityPage.objects.in_bulk(list(self.pages.values()))
        self.places = Places(parents.values())
        self.keys = Keys()
        self.kind = ContentType.objects.get_for_model(PracticePage)
        self.locale_id = MunicipalityIndexPage.objects.get().locale_id

    @transaction.atomic
    def write(self, practices: Sequence[SyntheticPractice], seed: int) -> None:
        """Write one chunk, with everything that belongs to it."""
        pages = [self._page(practice, seed) for practice in practices]
        insert_pages(pages)
        self.places.count_children()
        pairs = list(zip(practices, (page.pk for page in pages), strict=True))
        for write_some in (write_terms, write_trainers, write_parts):
            write_some(pairs, self.keys)
        record_practices([page.pk for page in pages])

    def _page(self, practice: SyntheticPractice, seed: int) -> PracticePage:
        page = PracticePage(
            **practice.fields,
            **_published(
                practice.fields["title"], self.kind, self.locale_id, practice.published_at
            ),
            slug=practice.slug,
            municipality_id=self.keys.municipalities[practice.place],
            is_fictional=True,
            translation_key=uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}:{practice.number}"),
        )
        self.places.put(page, self.pages[practice.place])
        return page
