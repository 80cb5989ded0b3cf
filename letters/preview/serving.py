"""The server itself: on this computer's own address, for one browser after the other."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from letters import limits
from letters.error import LettersError, Status

if TYPE_CHECKING:
    from letters.preview.app import Preview

HOST = "127.0.0.1"


class NoPortError(LettersError):
    """The port can't be had."""

    status = Status.OUTSIDE


def listening(port: int) -> socket.socket:
    """A socket at that port, or at one that is free where it is 0. Raises NoPortError."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((HOST, port))
        door.listen(64)
    except OSError:
        door.close()
        raise NoPortError(
            f"the port {port} can’t be had on this computer", "leave out --port: any free one does"
        ) from None
    return door


def serve(preview: Preview, door: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until Ctrl-C; ``ready`` is called once somebody can ask."""
    import uvicorn

    config = uvicorn.Config(
        preview.guard, lifespan="on", loop="asyncio", http="h11", ws="none", log_config=None,
        access_log=False, server_header=False, date_header=False, proxy_headers=False,
        limit_concurrency=4 * limits.OPEN_PAGES, timeout_keep_alive=20, timeout_graceful_shutdown=2,
    )  # fmt: skip

    class Server(uvicorn.Server):
        """One that lets open pages go before it waits for them."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            preview.end()
            await super().shutdown(sockets=sockets)

    with contextlib.closing(door):
        asyncio.run(Server(config).serve(sockets=[door]))
