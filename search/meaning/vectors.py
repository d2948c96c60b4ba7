"""The vectors of documents: made, kept in the database, and let go with their documents."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from search.documents import Document, Index, batches
from search.meaning import model
from search.meaning.optional import loaded
from search.models import Meaning, Meanings

AT_ONCE = 16
"""So many documents are given to the model together."""


def texts(index: Index, document: Document) -> list[str]:
    """The texts of a document of which its vectors are made."""
    return [
        ". ".join(text for name in names for text in document.text.get(name, ()))
        for names in index.meanings
    ]


def apply(index: Index, puts: Iterable[Document], removals: Iterable[tuple[int, int]] = ()) -> None:
    """Keep the vectors of documents, and none of those that were removed.

    Texts whose vectors are kept already are not read again.
    """
    _remove(index, dict(removals))
    documents = {document.id: document for document in puts}
    for keys in batches(documents, AT_ONCE):
        _put(index, [documents[key] for key in keys])


def keep_only(index: Index, ids: Iterable[int]) -> None:
    """Let go of all documents but these, whatever their version."""
    kept = Meaning.objects.filter(index=index.name).values_list("document", flat=True)
    gone = set(kept) - set(ids)
    for keys in batches(gone):
        with transaction.atomic():
            _change(index)
            Meaning.objects.filter(index=index.name, document__in=keys).delete()


def is_current(index: Index) -> bool:
    """Whether the vectors that are kept were made as they are now."""
    return Meanings.objects.filter(index=index.name, model=model.made_by(index)).exists()


def set_current(index: Index) -> None:
    """Note that all vectors are made as they are now, so that they are asked."""
    with transaction.atomic():
        _change(index)
        Meanings.objects.filter(index=index.name).update(model=model.made_by(index))


def count(index: Index) -> int:
    """How many documents have vectors."""
    return Meaning.objects.filter(index=index.name).count()


def fingerprint(index: Index, made: Sequence[str]) -> str:
    """Tells the texts of a document, and the model that reads them, from all others."""
    return hashlib.sha256("\n".join([model.made_by(index), *made]).encode()).hexdigest()


def _put(index: Index, documents: Sequence[Document]) -> None:
    rows = Meaning.objects.filter(index=index.name, document__in=[one.id for one in documents])
    known = dict(rows.values_list("document", "fingerprint"))
    made = {one.id: texts(index, one) for one in documents}
    prints = {key: fingerprint(index, some) for key, some in made.items()}
    changed = [one for one in documents if known.get(one.id) != prints[one.id]]
    if not changed:
        return
    encoder, _matrix = loaded()
    found = encoder.vectors([text for one in changed for text in made[one.id]])
    size = len(index.meanings)
    new = [
        Meaning(
            index=index.name,
            document=one.id,
            version=one.version,
            fingerprint=prints[one.id],
            vectors=found[at * size : (at + 1) * size].tobytes(),
        )
        for at, one in enumerate(changed)
    ]
    with transaction.atomic():
        _change(index)
        versions = dict(rows.values_list("document", "version"))
        new = [one for one in new if versions.get(one.document, 0) <= one.version]
        # Never changed in place: a reader knows by its primary key what it has already.
        rows.filter(document__in=[one.document for one in new]).delete()
        Meaning.objects.bulk_create(new)


def _remove(index: Index, versions: Mapping[int, int]) -> None:
    for keys in batches(versions):
        rows = Meaning.objects.filter(index=index.name, document__in=keys)
        with transaction.atomic():
            known = rows.values_list("pk", "document", "version")
            gone = [pk for pk, document, version in known if version <= versions[document]]
            if gone:
                _change(index)
                Meaning.objects.filter(pk__in=gone).delete()


def _change(index: Index) -> None:
    """Tell readers that something changes, first of all: other writers wait until the commit."""
    rows = Meanings.objects.filter(index=index.name)
    if not rows.update(number=F("number") + 1):
        Meanings.objects.get_or_create(index=index.name)
        rows.update(number=F("number") + 1)
