"""On the site that the environment names: load, index, ask; prints what was found as JSON."""

import json

import django


def main() -> None:
    """Load the collection, and print what is found for each query, by way."""
    django.setup()
    # After the set-up: these import models.
    from benchmarks.quality import asked, collection, judged, spelling
    from practices.indexes.practices import PRACTICES
    from search.indexing.meanings import make_all
    from search.indexing.rebuild import rebuild

    names = collection.load()
    rebuild(PRACTICES)
    queries = judged.queries()
    others = judged.nothing()
    found: dict[str, object] = {
        "plain": asked.plain(queries, names),
        "words": asked.site(queries, names),
    }
    make_all(PRACTICES)
    found |= {"meaning": asked.meaning(queries, names), "site": asked.site(queries, names)}
    found["nothing"] = asked.site(others, names)
    found["spelling"] = str(spelling.judge(asked.answers_of_site(spelling.texts())))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
