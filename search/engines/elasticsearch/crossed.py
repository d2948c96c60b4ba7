"""Counts of two facets together: what Elasticsearch is asked, and what its answer says."""

from search.documents import Index
from search.engines.base import Axis, Crossed, Request
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.requests import query
from search.engines.elasticsearch.schema import Body

ROWS, COLUMNS = "rows", "columns"


def body(index: Index, request: Request, rows: Axis, columns: Axis) -> Body:
    """A count for each row, in which the columns are counted.

    With as many buckets as columns every shard counts all of them, so the sums are exact.
    """
    row, column = schema.facet_field(rows.facet), schema.facet_field(columns.facet)
    values = list(columns.values)
    return {
        "size": 0,
        "track_total_hits": False,
        "query": query(index, request, is_scored=False),
        "aggs": {
            ROWS: {
                "filters": {"filters": {value: {"term": {row: value}} for value in rows.values}},
                "aggs": {
                    COLUMNS: {"terms": {"field": column, "include": values, "size": len(values)}}
                },
            }
        },
    }


def counts(response: Body) -> Crossed:
    """The counts in a response."""
    return {
        value: {bucket["key"]: bucket["doc_count"] for bucket in row[COLUMNS]["buckets"]}
        for value, row in response["aggregations"][ROWS]["buckets"].items()
    }
