"""The worker of gunicorn that serves WegWijzer."""

from gunicorn.workers.gthread import ThreadWorker


class EvenWorker(ThreadWorker):
    """Takes no new connection while all its threads are at work: another worker will.

    Gunicorn's own takes connections as fast as they come. Of eight browsers that come at once one
    worker often gets all eight, and keeps them as long as they stay, while the other has none.
    """

    @property
    def worker_connections(self) -> int:
        """How many connections gunicorn's loop may hold now."""
        idle = len(self.keepalived_conns) + len(self.pending_conns)
        has_free_thread = self.nr_conns - idle < self.cfg.threads
        return self.most_connections if has_free_thread else 0

    @worker_connections.setter
    def worker_connections(self, value: int) -> None:
        self.most_connections = value
