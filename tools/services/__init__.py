"""Real services for tests and for trying the grown site: Elasticsearch and PostgreSQL.

`make services` starts them and prints where they answer, `make services-stop` stops what that
started; decision 0021 tells how. Tests start servers of their own with `elasticsearch.Cluster` and
`postgresql.Server`. Only the standard library is used, so that no site needs to be installed.
"""


class ServiceError(Exception):
    """A service cannot be had; the message is one line that names the cure."""
