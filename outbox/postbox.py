"""The mail server as the sender uses it: one connection for many mails, and what each of its
answers means.
"""

import enum
import logging
import re
import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)
LONGEST_ERROR = 300
SERVICE_CLOSING = 421
FOR_GOOD = 500
SIZE_EXCEEDED = 552
# Without a more exact status: no such mailbox, moved, no such name (RFC 5321); its domain takes no mail (RFC 7504).
NO_MAILBOX = {550, 551, 553, 521, 556}
REFUSED_BY_PROVIDER = "AnymailRecipientsRefused"
ANSWERS_OF_PROVIDER = {"AnymailAPIError", REFUSED_BY_PROVIDER}
TAKEN_BY_PROVIDER = {"sent", "queued"}  # anymail's words; not "unknown" or "failed"
KEY_REFUSED = {401, 403}  # HTTP: our key is wrong, so nothing would pass
_STATUS = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")


class Answer(enum.Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good, because of this address or this message
    LATER = "later"  # not now, because of this message or of the server
    DOWN = "down"  # the server accepts no message at all


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server answered to one message.

    `hung_up`: the connection is gone. `unsure`: the server fell silent, so it may have taken the
    message. `no_mailbox`: the server's words when it refused the address for good, not only this
    message; else empty.
    """

    answer: Answer
    words: str = ""
    hung_up: bool = False
    unsure: bool = False
    no_mailbox: str = ""


class Postbox:
    """A connection to the mail server, opened on first use and again after it broke.

    `has_delivered` proves that the server works at all; `in_vain` counts the messages since then
    that got no final answer.
    """

    def __init__(self, connection: BaseEmailBackend | None = None) -> None:
        self.connection: BaseEmailBackend = connection or get_connection()
        self.has_delivered = False
        self.in_vain = 0
        self._used = False  # it may have been closed behind our back since its last mail
        self._open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> Outcome | None:
        """Open the connection unless it is open. Return None, or the outcome that says why the
        server accepts no mail from anybody.
        """
        if self._open:
            return None
        try:
            self.connection.open()
        except OSError as error:  # SMTPException is one
            self.close()
            return Outcome(Answer.DOWN, error_words(error))
        self._open, self._used = True, False
        return None

    def send(self, message: EmailMessage) -> Outcome:
        """Send one message and return what the server answered. Raises only errors of the message
        itself, such as a line break in its subject.
        """
        outcome = self.open() or self._hand_over(message)
        if self._open and self._used and outcome.hung_up and not outcome.unsure:
            self.close()
            outcome = self.open() or self._hand_over(message)
        if outcome.hung_up:
            self.close()
        self._used = True
        self._remember(outcome.answer)
        return outcome

    def close(self) -> None:
        """Close the connection; a server that is gone already is no error."""
        self._open = False
        try:
            self.connection.close()
        except OSError as error:
            log.info("the mail server did not say goodbye: %s", error_words(error))

    def _remember(self, answer: Answer) -> None:
        self.has_delivered = self.has_delivered or answer is Answer.ACCEPTED
        self.in_vain = self.in_vain + 1 if answer in (Answer.LATER, Answer.DOWN) else 0

    def _hand_over(self, message: EmailMessage) -> Outcome:
        try:
            self.connection.send_messages([message])
        except OSError as error:
            return answer_to(error)
        except Exception as error:
            if not _is_of_provider(error):
                raise
            return answer_to(error)
        told = getattr(message, "anymail_status", None)  # set where a provider's API took it
        if told is not None and not (told.status and told.status <= TAKEN_BY_PROVIDER):
            return Outcome(Answer.LATER, "The mail provider did not say that it took the message")
        return Outcome(Answer.ACCEPTED)


def answer_to(error: Exception) -> Outcome:
    """Return the outcome that an error of smtplib, or of the provider's API, means: for this
    message, and for the connection.
    """
    words = error_words(error)
    if _is_of_provider(error):
        return _by_status(error, one_line(words))
    match error:
        case smtplib.SMTPServerDisconnected():
            silent = isinstance(error.__context__, TimeoutError)
            return Outcome(Answer.LATER, words, hung_up=True, unsure=silent)
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            return _by_code(*min(recipients.values()), words)
        case smtplib.SMTPSenderRefused(smtp_code=code) if code != SIZE_EXCEEDED:
            return Outcome(Answer.DOWN, words, hung_up=True)  # our own address is refused: nothing would pass
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=reply):
            return _by_code(code, reply, words)
        case smtplib.SMTPNotSupportedError():
            return Outcome(Answer.REFUSED, words)
    return Outcome(Answer.LATER, words, hung_up=True, unsure=True)


def _is_of_provider(error: Exception) -> bool:
    """Return whether it is what a provider's API answered (or that it did not): anymail's errors, of
    which some are no OSError. Anymail may be absent, so they are known by their names.
    """
    return any(kind.__name__ in ANSWERS_OF_PROVIDER for kind in type(error).__mro__)


def _by_status(error: Exception, words: str) -> Outcome:
    """Return the outcome of a provider's error, by its HTTP status when there is one."""
    if any(kind.__name__ == REFUSED_BY_PROVIDER for kind in type(error).__mro__):
        return Outcome(Answer.REFUSED, words)
    status = getattr(error, "status_code", None)
    if status in KEY_REFUSED:
        return Outcome(Answer.DOWN, words)
    return Outcome(Answer.LATER, words, hung_up=status is None, unsure=status is None)


def _by_code(code: int, reply: bytes | str, words: str) -> Outcome:
    if code == SERVICE_CLOSING:
        return Outcome(Answer.DOWN, words, hung_up=True)
    if code < FOR_GOOD:
        return Outcome(Answer.LATER, words)
    said = reply if isinstance(reply, str) else reply.decode("utf-8", "replace")
    about = f"{code} {one_line(said)}"[:LONGEST_ERROR] if _is_about_the_mailbox(code, said) else ""
    return Outcome(Answer.REFUSED, words, no_mailbox=about)


def _is_about_the_mailbox(code: int, said: str) -> bool:
    """Return whether the status code (RFC 3463) says that the recipient's address, mailbox or host
    is wrong.

    Not counted are the sender's own address (5.1.7, 5.1.8), the length of the message (5.2.3), and
    its content or the server's policy.
    """
    status = _STATUS.match(said.strip())
    if status is None:
        return code in NO_MAILBOX
    subject, detail = int(status[1]), int(status[2])
    by_subject = {1: detail not in (7, 8), 2: detail != 3, 4: detail in (1, 4)}
    return by_subject.get(subject, False)


def one_line(text: str) -> str:
    """Return another machine's text on one line, without characters that cannot be shown or stored."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def error_words(error: BaseException) -> str:
    """Return an error as the outbox stores it: its class and its text, short, without NUL."""
    return f"{type(error).__name__}: {error}".replace("\x00", "")[:LONGEST_ERROR]
