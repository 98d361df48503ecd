"""A few worker processes, and the queue before them.

A worker that dies of its query, or whose client has gone, is replaced. What
a request means is not known here.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.serve.worker import Answer, line_of, refusal

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from kg.serve.worker import Request

WORKERS = 2
"""Queries that are computed at the same time."""
RESTART = 3
"""Seconds after its last query in which a worker that had to be ended is replaced."""
_HERE = str(Path(__file__).resolve().parents[2])
"""Where this package is: workers are to be of the same one, and of no folder that happens to be the current one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds, rows or triples of its result, megabytes of memory."""

    seconds: float = 30
    rows: int = 100_000
    megabytes: int = 2_000


class Pool:
    """Worker processes over one folder of a store."""

    def __init__(self, folder: Path, limits: Limits, size: int = WORKERS) -> None:
        """Take what the workers need; ``start`` starts them."""
        self.folder, self.limits, self.size = folder, limits, size
        self.idle: asyncio.Queue[Process] = asyncio.Queue()
        self.alive: set[Process] = set()
        self.replacing: set[asyncio.Task[None]] = set()
        self.is_open = True

    async def start(self) -> None:
        """Start the workers. Raises UsageError if the first cannot open the store."""
        for _ in range(self.size):
            await self._add()

    async def close(self) -> None:
        """End the workers, whatever they do."""
        self.is_open = False
        for task in self.replacing:
            task.cancel()
        await asyncio.gather(*self.replacing, return_exceptions=True)
        await asyncio.gather(*(self._end(process) for process in tuple(self.alive)))

    async def ask(self, request: Request) -> Answer:
        """Return the answer of a worker, or a refusal if none is free or it dies; cancelled, it ends the query."""
        patience = self.limits.seconds + RESTART
        try:
            process = await asyncio.wait_for(self._free(), patience)
        except TimeoutError:
            return refusal(503, f"all {self.size} workers have been busy for {patience:g} s: ask again")
        whole = False
        try:
            process.stdin.write(line_of(request))  # type: ignore[union-attr] # it has a pipe
            answer = await _read(process)
            whole = True
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            answer = self._death(await process.wait())
        finally:
            if whole:
                self.idle.put_nowait(process)
            else:
                self._replace(process)
        return answer

    async def _free(self) -> Process:
        while (process := await self.idle.get()).returncode is not None:
            # It was ended by somebody else while it had nothing to do.
            self._replace(process)
        return process

    def _death(self, code: int) -> Answer:
        if not self.is_open:
            return refusal(503, "the server stops; nothing of the result is sent")
        if code == -signal.SIGALRM:
            return refusal(
                500, f"the query took longer than {self.limits.seconds:g} s, and was ended; nothing of it is sent"
            )
        return refusal(500, f"the query was ended: it needs more than {self.limits.megabytes} MB, or broke the engine")

    def _replace(self, process: Process) -> None:
        async def replaced() -> None:
            await self._end(process)
            while self.is_open:
                # A machine that is out of memory or processes now may not be so later.
                with suppress(UsageError, OSError):
                    await self._add()
                    break
                await asyncio.sleep(RESTART)

        task = asyncio.create_task(replaced())
        self.replacing.add(task)
        task.add_done_callback(self.replacing.discard)

    async def _add(self) -> None:
        limits = self.limits
        numbers = [f"{number}" for number in (limits.seconds, limits.rows, limits.megabytes)]
        # A session of its own: Ctrl-C at the terminal is for the server, which ends its workers itself.
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "kg.serve.worker", str(self.folder), *numbers,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_HERE, os.environ.get("PYTHONPATH"))))},
        )  # fmt: skip
        self.alive.add(process)
        try:
            await _read(process)
        except asyncio.IncompleteReadError as error:
            await self._end(process)
            raise UsageError(f"no worker can open {str(self.folder)!r}", mend="see what it says above") from error
        self.idle.put_nowait(process)

    async def _end(self, process: Process) -> None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        self.alive.discard(process)


async def _read(process: Process) -> Answer:
    stream = process.stdout
    if stream is None:
        raise ValueError("a worker without a pipe")
    head = json.loads(await stream.readuntil(b"\n"))
    return Answer(head["status"], head["media_type"], await stream.readexactly(head["size"]))
