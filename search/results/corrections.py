"""Corrects typing errors word by word, against the words of the documents, and says so.

What is corrected is a function of the text and the state of the index alone, as what comes near is:
only a word that nothing answers in the whole index, whatever is chosen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import accumulate

from search.engines import spelling
from search.engines.base import Nearest, Reader, Request
from search.questions import dutch, lexicon
from search.questions.parsing import parse_text
from search.questions.pieces import with_words
from search.questions.text import WORD_PARTS, Correction, Match, Text

SHORTEST = 4
"""Letters of a word that may be a typing error; shorter ones are like too many others."""
MOST = 4
"""With more unknown words than this, a text is another language and no typing error."""
MOST_FORMS = 8
"""Words of which it is asked whether documents have them in another form."""
SMALL = 1.0
"""The error in what may be a name or a new compound, at most."""


def corrected(reader: Reader, text: Text, nearest: Nearest) -> Text:
    """The text with other words for typing errors; the text itself where there are none."""
    unknown = [word for word in unknown_words(text, nearest) if _may_be_wrong(word, text)]
    if text.source is None or not unknown or len(unknown) > MOST:
        return text
    typed = _as_typed(text.source.typed)
    better = {
        word: found for word in unknown if (found := _better(reader, word, typed.get(word, word)))
    }
    if not better:
        return text
    read = text.source.read(with_words(text.source.typed, better.get))
    said = tuple(Correction(typed[word], found) for word, found in better.items())
    return replace(read, corrected=said)


def unknown_words(text: Text, nearest: Nearest) -> Iterator[str]:
    """The words of a text that no document answers in any way."""
    if nearest.complete:
        return
    if text.near is None:
        yield from text.words
        return
    ends = accumulate(map(len, text.near.ways), initial=0)
    none = {
        ways[0].match
        for ways, start in zip(text.near.ways, ends, strict=False)
        if not any(nearest.answering[start : start + len(ways)])
    }
    for word in dict.fromkeys(text.words):
        if Match((dutch.tokens(word)[0],)) in none:
            yield word


def _may_be_wrong(word: str, text: Text) -> bool:
    """Whether a word may be a typing error: no word that Dutch has, and not meant as it stands."""
    named = text.near.met_by if text.near else ()
    return (
        len(word) >= SHORTEST
        and word.isalpha()
        and word not in text.meant
        and not any(word in words for words, _chosen in named)
        and not lexicon.is_word(word)
    )


def _as_typed(text: str) -> Mapping[str, str]:
    """The words of a text as they were typed, by what they are folded to."""
    return {dutch.fold_word(word): word for word in WORD_PARTS.findall(text)}


def _better(reader: Reader, word: str, typed: str) -> str | None:
    """The word that was meant, if one is likely enough."""
    is_special = typed[:1].isupper() or lexicon.is_known(word)
    like = reader.words_like(word)
    found = next((other for other, _count in like if spelling.is_likely(word, other)), None)
    if is_special:
        return found if found and spelling.error(word, found) <= SMALL else None
    return found or (_in_other_form(reader, word) if len(word) >= spelling.LONG_WORD else None)


def _in_other_form(reader: Reader, word: str) -> str | None:
    """A Dutch word one error away that documents have in another form only: `activist`."""
    near = [other for other in lexicon.one_error_away(word) if spelling.is_likely(word, other)]
    nearest = sorted(near, key=lambda other: spelling.error(word, other))[:MOST_FORMS]
    # By its stem, as a searcher finds it.
    counts = reader.totals([Request(parse_text(other), limit=1) for other in nearest])
    known = [(other, count) for other, count in zip(nearest, counts, strict=True) if count]
    return min(known, key=lambda one: (spelling.error(word, one[0]), -one[1]))[0] if known else None
