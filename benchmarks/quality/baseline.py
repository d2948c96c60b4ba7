"""The plainest ranking that is taken seriously: BM25, any word, a Dutch stemmer and stop words."""

import math
import re
from collections import Counter
from collections.abc import Mapping

import Stemmer

SATURATION, LENGTH = 1.2, 0.75
_WORD = re.compile(r"[^\W_]+")
# Those of Lucene's Dutch analyzer, which are Snowball's.
_STOP_WORDS = frozenset(
    "de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar"
    " om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar"
    " haar naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen omdat iets worden"
    " toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier"
    " wie werd altijd doch wordt wezen kunnen ons zelf tegen na reeds wil kon niets uw iemand"
    " geweest andere".split()
)


class Ranking:
    """Texts by name, to be ranked."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._stemmer = Stemmer.Stemmer("dutch")
        self._counts = {name: Counter(self._stems(text)) for name, text in texts.items()}
        self._lengths = {name: counts.total() for name, counts in self._counts.items()}
        self._mean = sum(self._lengths.values()) / len(texts)
        self._having = Counter(stem for counts in self._counts.values() for stem in counts)

    def ranked(self, text: str) -> list[str]:
        """The names of all texts with any of the words, the best first."""
        stems = set(self._stems(text))
        scores = {name: self._score(name, stems) for name in self._counts}
        return sorted((name for name in scores if scores[name]), key=lambda name: -scores[name])

    def _stems(self, text: str) -> list[str]:
        words = (word.lower() for word in _WORD.findall(text))
        return self._stemmer.stemWords([word for word in words if word not in _STOP_WORDS])

    def _score(self, name: str, stems: set[str]) -> float:
        counts = self._counts[name]
        norm = SATURATION * (1 - LENGTH + LENGTH * self._lengths[name] / self._mean)
        return sum(
            self._rarity(stem) * counts[stem] * (SATURATION + 1) / (counts[stem] + norm)
            for stem in stems
            if counts[stem]
        )

    def _rarity(self, stem: str) -> float:
        having = self._having[stem]
        return math.log(1 + (len(self._counts) - having + 0.5) / (having + 0.5))
