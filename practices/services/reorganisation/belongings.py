"""What belongs to a municipality in the admin follows: its officials and its files; and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from practices.models import Municipality, MunicipalityGroup, Reorganisation
from practices.services.reorganisation.selectors import collections_of, officials_of


@dataclass(frozen=True)
class Belongings:
    """What an old municipality has in the admin."""

    municipality: Municipality
    officials: Sequence[User]
    images: int
    documents: int


def file_models() -> Mapping[str, type[Model]]:
    """The kinds of files, by the names under which they are kept."""
    return {"images": get_image_model(), "documents": get_document_model()}


def belongings_of(municipality: Municipality) -> Belongings:
    """What will follow; nothing is written."""
    numbers = {name: _files(model, municipality).count() for name, model in file_models().items()}
    return Belongings(municipality, list(officials_of(municipality)), **numbers)


def hand_over(*, row: Reorganisation, old: Iterable[Municipality], link: MunicipalityGroup) -> None:
    """Give the officials and the files of the old municipalities to the group of the new one."""
    known = set(link.group.user_set.values_list("pk", flat=True))
    officials: list[list[Any]] = []  # person, group, whether the new group is new to them
    files: dict[str, dict[str, list[int]]] = {}
    for municipality in old:
        for group in Group.objects.filter(municipality_link__municipality=municipality):
            for person in list(officials_of(municipality)):
                officials.append([person.pk, group.pk, person.pk not in known])
                known.add(person.pk)
                person.groups.add(link.group)
                person.groups.remove(group)
        for name, model in file_models().items():
            found = files.setdefault(name, {})
            for pk, collection in _files(model, municipality).values_list("pk", "collection"):
                found.setdefault(str(collection), []).append(pk)
    for name, model in file_models().items():
        for keys in files.get(name, {}).values():
            model._default_manager.filter(pk__in=keys).update(collection=link.collection)
    row.kept["officials"], row.kept["files"] = officials, files


def hand_back(*, row: Reorganisation) -> None:
    """Put officials and files back, as far as they are still where they were brought."""
    link = MunicipalityGroup.objects.filter(municipality=row.new).first()
    if link is None:
        return
    present = {person.pk: person for person in returning(row)}
    for pk, old, was_added in row.kept["officials"]:
        if person := present.get(pk):
            person.groups.add(*Group.objects.filter(pk=old))
            if was_added:
                person.groups.remove(link.group)
    for name, found in row.kept["files"].items():
        for collection, keys in found.items():
            if Collection.objects.filter(pk=collection).exists():
                files = file_models()[name]._default_manager
                files.filter(pk__in=keys, collection=link.collection).update(collection=collection)


def returning(row: Reorganisation) -> list[User]:
    """Who writes for an old municipality again after undoing."""
    keys = {pk for pk, _group, _added in row.kept["officials"]}
    link = MunicipalityGroup.objects.filter(municipality=row.new).first()
    return list(link.group.user_set.filter(pk__in=keys).order_by("pk")) if link else []


def newcomers(row: Reorganisation) -> list[User]:
    """Officials of the new municipality who came to it since, and stay with it."""
    keys = {pk for pk, _group, _added in row.kept["officials"]}
    group = Group.objects.filter(municipality_link__municipality=row.new).first()
    return list(group.user_set.exclude(pk__in=keys).order_by("pk")) if group else []


def has_new_files(row: Reorganisation) -> bool:
    """Whether the collection of the new municipality has files that no old one brought."""
    if row.new is None:
        return False
    for name, model in file_models().items():
        brought = {pk for keys in row.kept["files"].get(name, {}).values() for pk in keys}
        if set(_files(model, row.new).values_list("pk", flat=True)) - brought:
            return True
    return False


def remove_group(municipality: Municipality) -> None:
    """Remove the group and collection of a municipality, where nobody and nothing is in them."""
    link = MunicipalityGroup.objects.filter(municipality=municipality).first()
    if link is None or link.group.user_set.exists():
        return
    is_used = link.collection.numchild or any(
        _files(model, municipality).exists() for model in file_models().values()
    )
    group, collection = link.group, link.collection
    if is_used:
        return
    link.delete()
    group.delete()
    collection.delete()


def _files(model: type[Model], municipality: Municipality) -> Any:
    """The files of one kind in a municipality's collections."""
    return model._default_manager.filter(collection__in=collections_of(municipality)).order_by("pk")
