"""What is counted. Labels are fixed words: never a path, a text that was sought, or a name."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter(
    "wegwijzer_requests", "Requests that were answered.", ["method", "route", "status"]
)
REQUEST_SECONDS = Histogram(
    "wegwijzer_request_seconds",
    "How long answering took.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SEARCH_SECONDS = Histogram(
    "wegwijzer_search_seconds",
    "How long one search took, by what answered it.",
    ["engine", "outcome"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
PUBLICATIONS = Counter(
    "wegwijzer_publications", "Pages that were published or taken offline.", ["action"]
)
TASKS = Counter("wegwijzer_tasks", "Tasks that ended, in this process or a worker.", ["outcome"])
BREAKER_OPEN = Gauge(
    "wegwijzer_breaker_open",
    "Processes that keep away from an engine and search on the standby.",
    ["follower"],
    multiprocess_mode="livesum",
)
FAILURES = Counter(
    "wegwijzer_engine_failures", "Questions an engine left unanswered.", ["follower"]
)
FALLBACKS = Counter("wegwijzer_fallbacks", "Searches that the standby answered.", ["follower"])
