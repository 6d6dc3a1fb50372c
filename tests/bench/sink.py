"""A mail server that takes everything as fast as it can, in a process of its own: what is measured is who sends."""

import asyncio
import multiprocessing
import socket
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self


class Sink:
    """Open inside the block, on `port`. It takes a mail after `pause` seconds, as a relay far away does."""

    def __init__(self, pause: float = 0) -> None:
        self._pause = pause

    def __enter__(self) -> Self:
        ours, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(theirs, self._pause), daemon=True
        )
        self._process.start()
        self.port: int = ours.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join()


def _serve(told: Connection, pause: float) -> None:
    asyncio.run(_listen(told, pause))


async def _listen(told: Connection, pause: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Session(loop, pause), "127.0.0.1", 0)
    told.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Session(asyncio.Protocol):
    """Just enough SMTP for a client that is polite."""

    def __init__(self, loop: asyncio.AbstractEventLoop, pause: float) -> None:
        self.loop, self.pause = loop, pause

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.held, self.in_data = transport, b"", False
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            found, _, rest = self.held.partition(end)
            if not _:
                return
            self.held = rest
            self._answer(found)

    def _answer(self, line: bytes) -> None:
        if self.in_data:
            self.in_data = False
            if self.pause:
                self.loop.call_later(self.pause, self.transport.write, b"250 taken\r\n")
            else:
                self.transport.write(b"250 taken\r\n")
            return
        word = line[:4].upper()
        self.in_data = word == b"DATA"
        answers = {b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}
        self.transport.write(answers.get(word, b"250 ok\r\n"))
