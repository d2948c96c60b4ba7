"""A process of its own that sets HTML as a tagged PDF: HTML comes in, the PDF goes out.

Run as `python -I typesetter.py ADDRESS`, with the address that links in the text start from. It
gets no settings, opens no file and asks the network nothing.
"""

import os
import resource
import sys
from xml.etree.ElementTree import Element

SECONDS = 30
"""So much processor time at most, whoever started it may be gone."""
MEMORY = 1 << 30
"""So many bytes of addresses at most; the libraries alone take some 250 MB of them."""


def main() -> None:
    """Set what stands on the standard input."""
    os.nice(10)  # visitors go first
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):
        """Refuses every address."""

        def fetch(self, url: str, headers: object = None) -> object:
            """Raise `ValueError`."""
            raise ValueError(f"A PDF fetches nothing: {url}")

    document = HTML(
        string=sys.stdin.buffer.read().decode(), base_url=sys.argv[1], url_fetcher=Nothing()
    )
    tabulate(document.etree_element)
    document.write_pdf(sys.stdout.buffer, pdf_variant="pdf/ua-1")


def tabulate(root: Element) -> None:
    """Let facts be rows of a table: groups in a list of terms have no place in a tagged PDF."""
    for facts in root.iter("dl"):
        if "facts" in facts.get("class", "").split():
            rows = facts.findall("div")
            facts.tag = "table"
            facts[:] = [Element("tbody")]
            facts[0][:] = rows
            for fact in rows:
                fact.tag = "tr"
                for cell in fact:
                    cell.tag = "th" if cell.tag == "dt" else "td"
                    if cell.tag == "th":
                        cell.set("scope", "row")


if __name__ == "__main__":
    main()
