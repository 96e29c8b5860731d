"""The phones of a room: how long after the lecturer's step each hears of it."""

from __future__ import annotations

import asyncio
import json
import time
from urllib.parse import urlsplit

from benchmarks.load.visitor import Refused, Visitor

STEPS = 20


async def follow(url: str, people: int) -> list[float]:
    """Open a room, let so many phones follow, step; seconds until each phone has heard of each step."""
    lecturer = Visitor(url)
    status, body = await lecturer.fetch("POST", "/room")
    if status != 201:
        raise Refused(f"room: {status}")
    room = json.loads(body)
    sent: dict[int, float] = {}
    heard: list[float] = []
    here = asyncio.Semaphore(0)
    phones = [
        asyncio.create_task(_phone(url, room["code"], sent, heard, here)) for _ in range(people)
    ]
    for _ in phones:
        await asyncio.wait_for(here.acquire(), 60)
    for step in range(STEPS):
        shown = json.dumps({"step": {"step": step}}).encode()
        sent[step] = time.perf_counter()
        status, said = await lecturer.fetch(
            "PUT", f"/room/{room['code']}/shown", shown, {"X-Room-Secret": room["secret"]}
        )
        if status != 204:
            raise Refused(f"step: {status} {said[:80]!r}")
        await asyncio.sleep(0.5)
    await lecturer.fetch("DELETE", f"/room/{room['code']}", b"", {"X-Room-Secret": room["secret"]})
    await asyncio.wait_for(asyncio.gather(*phones), 30)
    return heard


async def _phone(
    url: str, code: str, sent: dict[int, float], heard: list[float], here: asyncio.Semaphore
) -> None:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    request = (
        f"GET /room/{code}/events HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n"
    )
    writer.write(request.encode())
    while line := await reader.readline():
        if line.startswith(b"event: over"):
            break
        if not line.startswith(b"data: "):
            continue
        shown = json.loads(line[6:])
        if "step" in shown:
            heard.append(time.perf_counter() - sent[shown["step"]["step"]])
        else:
            here.release()
    writer.close()
