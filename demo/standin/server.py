"""The stand-in as a web server on this machine alone: the API, the practice page, the controls, and the
events.
"""

import json
import socket
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from core import clock
from demo.standin import delivery, pages
from demo.standin.api import Api
from demo.standin.payouts import pay_out_daily
from demo.standin.provider import Provider
from demo.standin.store import Store, StoredObject

HOST = "127.0.0.1"
LARGEST_BODY = 100_000
PAUSE = 0.2  # seconds between two looks at what is due
PAYOUT_PAUSE = 60  # and at what has settled
KNOBS = {"delay", "copies", "drop", "hold", "down", "slow"}


class StandIn:
    """The fake payment provider as an HTTP server. `start()` serves requests and posts webhooks to
    the portal, in threads of its own, until `stop()`; `base` is its URL.
    """

    def __init__(
        self,
        *,
        port: int,
        file: Path | str,
        key: str,
        secret: str,
        post: delivery.Post,
        pays_out: bool = False,
    ) -> None:
        self.store = Store(file)
        self.provider = Provider(self.store)
        self.api = Api(self.provider, key=key)
        self.secret, self.post = secret, post
        self.pays_out = pays_out  # once a day, by itself
        self._looked_at = 0.0
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._server = ThreadingHTTPServer((HOST, port), type("Handler", (_Handler,), {"stand_in": self}))
        self._server.daemon_threads = True
        self.base = f"http://{HOST}:{self._server.server_address[1]}"

    def start(self, *, delivering: bool = True) -> "StandIn":
        self.store.hasten(clock.now().timestamp())
        work = [self._serve, *([self._deliver] if delivering else [])]
        self._threads = [threading.Thread(target=task, daemon=True) for task in work]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        ending = threading.Thread(target=self._server.shutdown)
        ending.start()
        with suppress(OSError), socket.create_connection((HOST, self._server.server_port)):
            pass  # it looks at once whether it is to end, not after its pause
        ending.join()
        self._server.server_close()
        for thread in self._threads:
            thread.join(timeout=15)
        self.store.close()

    def deliver_due(self) -> int:
        """Expire pages, let slow banks pay and deliver what is due, in this thread; return how many
        events the portal accepted.
        """
        self.provider.tick()
        now = clock.now().timestamp()
        if self.pays_out and now - self._looked_at > PAYOUT_PAUSE:
            self._looked_at = now
            pay_out_daily(self.provider)
        return delivery.deliver_due(self.store, self.post, self.secret)

    def control(self, method: str, body: bytes) -> tuple[int, StoredObject]:
        """Read or change the controls, or send events that were held back (`{"release":
        "forwards"}` or `"backwards"`).
        """
        if method == "POST":
            try:
                wanted = dict(json.loads(body or b"{}"))
            except (ValueError, TypeError):
                return 400, {"error": "The knobs are one JSON object."}
            self.store.turn({name: value for name, value in wanted.items() if name in KNOBS})
            if "release" in wanted:
                self.store.release(clock.now().timestamp(), backwards=wanted["release"] == "backwards")
        return 200, {"knobs": self.store.knobs(), "deliveries": self.store.counts()}

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)

    def _deliver(self) -> None:
        while not self._stopping.wait(PAUSE):
            self.deliver_due()


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandIn
    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # head and body in one packet: in two, each answer waits 40 ms for an acknowledgement

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        body = self._body()
        if body is None:
            return self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"Too large", "text/plain")
        url = urlsplit(self.path)
        if url.path.startswith("/v1/"):
            return self._answer_api(method, url.path, url.query, body)
        if url.path == "/control":
            return self._send_json(*self.stand_in.control(method, body))
        page = pages.answer_browser(self.stand_in.provider, method, url.path, body)
        self._send(page.status, page.body.encode(), page.media_type, page.headers)

    def _answer_api(self, method: str, path: str, query: str, body: bytes) -> None:
        knobs = self.stand_in.store.knobs()
        time.sleep(float(knobs.get("slow", 0)))
        if knobs.get("down"):
            return self._send_json(503, {"error": {"type": "api_error", "message": "Out of order"}})
        self._send_json(*self.stand_in.api.answer(method, path, query, self.headers, body))

    def _body(self) -> bytes | None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            return None
        return self.rfile.read(length)

    def _send_json(self, status: int, thing: StoredObject) -> None:
        self._send(status, json.dumps(thing).encode(), "application/json")

    def _send(self, status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        always = {"Content-Type": f"{media_type}; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in {**always, "Cache-Control": "no-store", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the portal's own log is the one to read."""
