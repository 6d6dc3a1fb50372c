"""One request to an endpoint: to the address that was checked, within limits, following nothing.

Of the answer only the status is read. Its text is not stored: whoever names an address must not be
shown what a machine there says.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from threading import Timer

from core.errors import Refusal
from webhooks.addresses import UnfitAddress, check_url, port_of, resolve_host

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0  # of the whole request, however slowly its answer drips
LONGEST_PAUSE = 86_400  # seconds that an answer may ask us to wait


@dataclass(frozen=True)
class Answer:
    """How a request ended: the status of the answer, or None and the reason in words. `pause` is the
    number of seconds that the receiver asked us to wait.
    """

    status: int | None
    words: str = ""
    pause: int = 0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Return whether the receiver says that nothing will ever be taken there."""
        return self.status == 410

    @property
    def is_endpoints_fault(self) -> bool:
        """Return whether other messages would fare alike, so that none is tried for a while."""
        return self.status is None or self.status == 429 or self.status >= 500


class _CheckedConnection(HTTPConnection):
    """A connection to an address that was checked, under the host's own name."""

    def __init__(self, host: str, port: int, address: str, *, has_tls: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._address, self._has_tls = address, has_tls
        self._watch: Timer | None = None
        self._watched: socket.socket | None = None

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), CONNECT_SECONDS)
        plain.settimeout(TOTAL_SECONDS)
        self._watched = plain.dup()
        self._watch = Timer(TOTAL_SECONDS, _cut, [self._watched])
        self._watch.daemon = True
        self._watch.start()
        self.sock = _tls().wrap_socket(plain, server_hostname=self.host) if self._has_tls else plain

    def close(self) -> None:
        if self._watch and self._watched:
            self._watch.cancel()
            self._watched.close()
        super().close()


def post_message(url: str, body: str, headers: Mapping[str, str]) -> Answer:
    """Send one message and return the answer. Raises nothing for what the other side does."""
    try:
        parts = check_url(url)
        port = port_of(parts)
        address = resolve_host(parts.hostname or "", port)
    except (Refusal, UnfitAddress) as unfit:
        return Answer(None, str(unfit))
    except OSError:
        return Answer(None, "The name of the host was not found.")
    connection = _CheckedConnection(parts.hostname or "", port, address, has_tls=parts.scheme == "https")
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body.encode(), headers=dict(headers))
        answered = connection.getresponse()
        return _read_answer(answered.status, answered.headers.get("Retry-After", ""))
    except ssl.SSLError as error:
        return Answer(
            None, f"No secure connection: {getattr(error, 'reason', None) or 'it was cut off'}."[:300]
        )
    except (OSError, HTTPException, ValueError) as error:
        return Answer(None, _words_of(error))
    finally:
        connection.close()


def _read_answer(status: int, retry_after: str) -> Answer:
    pause = (
        int(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 9 else 0
    )
    if 300 <= status < 400:
        return Answer(status, f"It answered {status}, a redirect, and none is followed.")
    words = "" if 200 <= status < 300 else f"It answered {status}."
    return Answer(status, words, min(pause, LONGEST_PAUSE))


def _words_of(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"It did not answer within {TOTAL_SECONDS:.0f} seconds."
    if isinstance(error, ConnectionRefusedError):
        return "The connection was refused."
    if isinstance(error, OSError):
        return "The connection was cut off before an answer, or the time was over."
    return "What came back was no answer of HTTP."


def _cut(plain: socket.socket) -> None:
    """End a connection whose time is over, whatever its reader waits for."""
    with suppress(OSError):
        plain.shutdown(socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
