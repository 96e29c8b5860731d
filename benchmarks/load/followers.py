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


async def connect(
    url: str, method: str, path: str, body: bytes = b"", secret: str = ""
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which something of a room was asked."""
    host = urlsplit(url)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    head = f"{method} {path} HTTP/1.1\r\nHost: {host.netloc}\r\nConnection: close\r\n"
    head += f"X-Room-Secret: {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    return reader, writer


async def _phone(
    url: str, code: str, sent: dict[int, float], heard: list[float], here: asyncio.Semaphore
) -> None:
    reader, writer = await connect(url, "GET", f"/room/{code}/events")
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
