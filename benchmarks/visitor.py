"""Asks pages of the site of the checkout in which it runs, one for each line that it reads.

It uses nothing that is not there at older commits too, so that these answer the same addresses.
"""

import runpy
import sys
import time

import django


def main() -> None:
    """Print the milliseconds of each answer; ends with the first that is no 200."""
    django.setup()
    # After the set-up: it imports models.
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.get("/praktijken/")
    # As a worker of the server does, else the collector looks at the site itself again and again.
    runpy.run_path("gunicorn.conf.py")["post_worker_init"](None)
    for line in sys.stdin:
        start = time.perf_counter()
        response = client.get(line.strip())
        print((time.perf_counter() - start) * 1000, flush=True)
        if response.status_code != 200:
            sys.exit(f"{line} answered {response.status_code}")


if __name__ == "__main__":
    main()
