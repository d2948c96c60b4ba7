"""Makes `search/questions/dutch_words.txt.gz` of a word list: `python -m tools.dutch_words FILE`.

The list is that of OpenTaal, as the package `wdutch` of Debian has it in `/usr/share/dict/dutch`.
"""

import gzip
import sys
from pathlib import Path

from search.questions import dutch, lexicon

SHORTEST, LONGEST = 2, 32


def main() -> None:
    """Fold the words, sort them, and pack them the same way each time."""
    typed = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    folded = {dutch.fold_word(word).replace("-", "") for word in typed}
    kept = sorted(word.encode() for word in folded if SHORTEST <= len(word) <= LONGEST)
    lines = b"".join(b"%s\n" % word for word in kept)
    lexicon.FILE.write_bytes(gzip.compress(lines, 9, mtime=0))


if __name__ == "__main__":
    main()
