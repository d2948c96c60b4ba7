"""A small load client: some connections that each ask one page after another for a while."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Load:
    """Clients on this machine's own address that keep their connections, as browsers do."""

    port: int
    addresses: Sequence[str]
    clients: int

    def run(self, seconds: float) -> list[float]:
        """Ask for so long; the time of each answer in milliseconds. Raises on any but a 200."""
        return asyncio.run(self._run(seconds))

    async def _run(self, seconds: float) -> list[float]:
        requests = [self._request(address) for address in self.addresses]
        numbers, end = count(), time.perf_counter() + seconds
        times: list[float] = []

        async def client() -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            while time.perf_counter() < end:
                start = time.perf_counter()
                writer.write(requests[next(numbers) % len(requests)])
                await _answer(reader)
                times.append((time.perf_counter() - start) * 1000)
            writer.close()

        await asyncio.gather(*(client() for _number in range(self.clients)))
        return times

    def _request(self, address: str) -> bytes:
        return f"GET {address} HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n".encode()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200 ") or length is None:
        raise RuntimeError(head.decode(errors="replace"))
    await reader.readexactly(int(length[1]))
