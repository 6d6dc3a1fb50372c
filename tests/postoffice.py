"""A real SMTP server on a free port that answers as a test tells it: accept, refuse, hang up, stay silent."""

import asyncio
import email
import socket
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPT = "250 OK"
HANG_UP = "hang up"  # the line goes dead without an answer
SILENCE = "silence"  # the line stays open without an answer
Says = Callable[[Envelope], str]


class Clerk(SMTP):
    """One connection."""

    hangs_up_after_reply = False

    async def push(self, status: str | bytes) -> None:
        await super().push(status)
        if self.hangs_up_after_reply:
            self.transport.close()


class PostOffice:
    """A mail server for tests. `on_rcpt` and `on_data` return its answers, by default acceptance;
    `accepted` holds the mails that it accepted.
    """

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.connections = 0
        self.on_mail: Says = lambda envelope: ACCEPT
        self.on_rcpt: Says = lambda envelope: ACCEPT
        self.on_data: Says = lambda envelope: ACCEPT
        self.hangs_up_after_each = False
        self.takes_together = False  # it takes several commands at once
        self.takes_data_for_nobody = False
        self.port = free_port()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def addresses(self) -> list[str]:
        """No property: aiosmtpd reads every attribute of ours for each connection, and this one takes longer with each mail."""
        return [message["To"] for message in self.accepted]

    def open(self) -> "PostOffice":
        self._controller = _Building(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self.connections = 0  # the controller knocks once itself
        return self

    def close(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_EHLO(
        self, server: Clerk, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], *(["250-PIPELINING"] * self.takes_together), *responses[1:]]

    async def handle_MAIL(
        self, server: Clerk, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        says = self.on_mail(envelope)
        envelope.mail_from = address if says == ACCEPT else None
        return await _say(says, server)

    async def handle_RCPT(
        self, server: Clerk, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        says = self.on_rcpt(envelope)
        if says != ACCEPT and not self.takes_data_for_nobody:
            envelope.rcpt_tos.remove(address)
        return await _say(says, server)

    async def handle_DATA(self, server: Clerk, session: Session, envelope: Envelope) -> str:
        says = self.on_data(envelope)
        if says == ACCEPT:
            self.accepted.append(email.message_from_bytes(envelope.content, policy=default))
            server.hangs_up_after_reply = self.hangs_up_after_each
        return await _say(says, server)


class _Building(Controller):
    def factory(self) -> Clerk:
        self.handler.connections += 1
        return Clerk(self.handler, enable_SMTPUTF8=True)


async def _say(words: str, server: Clerk) -> str:
    if words == HANG_UP:
        server.transport.abort()
    elif words == SILENCE:
        await asyncio.sleep(60)
    return words


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port: int) -> bool:
    """Whether somebody listens there, on this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
