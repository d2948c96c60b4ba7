"""Puts the reference files into the database, and leaves what editors made of it alone."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from tqdm import tqdm

from practices.models import (
    FormerValue,
    Municipality,
    MunicipalityAlias,
    PracticePage,
    RegisterStamp,
    SynonymGroup,
    Term,
)
from practices.services.record import record_practices
from practices.services.reference.files import (
    INHABITANTS_ON,
    MunicipalityRow,
    read_municipalities,
    read_synonyms,
    read_terms,
)

FACTS = ("province", "inhabitants", "urbanity", "x", "y")


@dataclass(frozen=True)
class Loaded:
    """How many rows were added to each register, and how many municipalities got new facts."""

    terms: int
    synonyms: int
    municipalities: int
    updated: int


@transaction.atomic
def load_reference(*, missing: bool = False, update: bool = False) -> Loaded:
    """Fill the registers that are empty; all or nothing.

    A register that has rows is the editors': what they renamed or removed does not come back.
    `missing` adds to those registers too whatever the files have and the database has not (after
    an upgrade); `update` gives the municipalities that exist the facts of CBS in the file.
    """
    with tqdm(total=4, desc="Reference data", disable=None) as bar:
        terms = load_terms(missing=missing)
        bar.update()
        synonyms = load_synonyms(missing=missing)
        bar.update()
        rows = read_municipalities()
        updated = update_facts(rows) if update else 0
        bar.update()
        municipalities = load_municipalities(rows, missing=missing or update)
        bar.update()
    loaded = Loaded(terms, synonyms, municipalities, updated)
    if loaded != Loaded(0, 0, 0, 0):
        RegisterStamp.raise_number()
    return loaded


def load_terms(*, missing: bool) -> int:
    """Add the terms of the vocabularies that are empty; returns how many.

    What was merged or got another slug does not come back, whatever is missing.
    """
    former = {(one.vocabulary, one.slug): one.term_id for one in FormerValue.objects.all()}
    known = {*Term.objects.values_list("vocabulary", "slug"), *former}
    filled = {vocabulary for vocabulary, _ in known}
    rows = [
        row
        for row in read_terms()
        if (row.vocabulary, row.slug) not in known and (missing or row.vocabulary not in filled)
    ]
    for wave in ([r for r in rows if not r.parent], [r for r in rows if r.parent]):
        terms_of_now = {(term.vocabulary, term.slug): term.pk for term in Term.objects.all()}
        ids = {**former, **terms_of_now}
        terms = []
        for row in wave:
            term = Term(vocabulary=row.vocabulary, slug=row.slug, label=row.label)
            term.definition, term.position = row.definition, row.position
            term.parent_id = ids.get((term.parent_vocabulary, row.parent)) if row.parent else None
            terms.append(term)
        Term.objects.bulk_create(terms)
    return len(rows)


def load_synonyms(*, missing: bool) -> int:
    """Add the groups of synonyms of each kind of which there are none; returns how many.

    With `missing`, a group is added of which no word stands in a group of its kind yet; of words
    with narrower ones, where the word has no group yet.
    """
    added = []
    for kind, groups in read_synonyms().items():
        rows = [group.as_list() for group in SynonymGroup.objects.filter(kind=kind)]
        if not rows or missing:
            named = 1 if kind == SynonymGroup.Kind.BROADER else None
            known = {word.lower() for row in rows for word in row[:named]}
            added += [
                SynonymGroup(kind=kind, words="\n".join(words))
                for words in groups
                if known.isdisjoint(map(str.lower, words[:named]))
            ]
    SynonymGroup.objects.bulk_create(added)
    return len(added)


def load_municipalities(rows: Collection[MunicipalityRow], *, missing: bool) -> int:
    """Add the municipalities, with aliases and neighbours, if there are none; returns how many."""
    known = set(Municipality.objects.values_list("code", flat=True))
    if known and not missing:
        return 0
    new = [row for row in rows if row.code not in known]
    Municipality.objects.bulk_create(
        Municipality(
            code=row.code,
            name=row.name,
            slug=row.slug,
            inhabitants_on=INHABITANTS_ON,
            **{fact: getattr(row, fact) for fact in FACTS},
        )
        for row in new
    )
    ids = dict(Municipality.objects.values_list("code", "pk"))
    MunicipalityAlias.objects.bulk_create(
        MunicipalityAlias(municipality_id=ids[row.code], name=alias)
        for row in new
        for alias in row.aliases
    )
    _add_neighbours(new, ids)
    return len(new)


def update_facts(rows: Collection[MunicipalityRow]) -> int:
    """Give the municipalities that exist the facts of the file; returns how many changed.

    Names, slugs, aliases and neighbours stay: those are the editors'.
    """
    by_code = Municipality.objects.in_bulk([row.code for row in rows], field_name="code")
    changed = []
    for row in rows:
        municipality = by_code.get(row.code)
        if municipality is None:
            continue
        facts = {"inhabitants_on": INHABITANTS_ON, **{fact: getattr(row, fact) for fact in FACTS}}
        if any(getattr(municipality, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(municipality, name, value)
            changed.append(municipality)
    Municipality.objects.bulk_update(changed, ["inhabitants_on", *FACTS])
    record_practices(
        PracticePage.objects.filter(municipality__in=changed).values_list("pk", flat=True)
    )
    return len(changed)


def _add_neighbours(rows: Collection[MunicipalityRow], ids: dict[str, int]) -> None:
    """Store each border in both directions, as Django keeps a symmetrical relation."""
    through = Municipality.neighbours.through
    pairs = {
        (ids[row.code], ids[other]) for row in rows for other in row.neighbours if other in ids
    }
    through.objects.bulk_create(
        (
            through(from_municipality_id=one, to_municipality_id=other)
            for one, other in sorted(pairs | {(other, one) for one, other in pairs})
        ),
        ignore_conflicts=True,
    )
