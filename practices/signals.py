"""Tell the search index and the other processes what changed; every handler stands here."""


def connect() -> None:
    """Connect all handlers; called once, when the app is ready."""
