"""A server in the place of the provider that never sends a complete, valid answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODIES = {
    "is down": (503, b'{"error": {"type": "api_error", "message": "Out of order"}}'),
    "sends a list": (200, b"[]"),
    "sends a page": (200, b"<!doctype html><title>Sign in to the network</title>"),
    "sends another thing": (200, b'{"object": "balance", "id": "b_1"}'),
}


@contextmanager
def rogue_provider(fault: str) -> Iterator[str]:
    """Yield the address of a server that "hangs", "drips", or answers with one of `BODIES`."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = BODIES.get(fault, (200, b" " * 100))
            if fault == "hangs":
                over.wait(20)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for at in range(0, len(body), 1 if fault == "drips" else len(body)):
                self.wfile.write(body[at : at + 1] if fault == "drips" else body)
                if fault == "drips" and over.wait(0.4):
                    return

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
