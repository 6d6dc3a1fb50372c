"""The mail server as the sender sees it: one connection for many mails, and what each kind of answer means."""

import enum
import logging
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


class Answer(enum.Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good: this address or this message will never do
    LATER = "later"  # not now: perhaps this message, perhaps the server
    DOWN = "down"  # nobody is served


@dataclass(frozen=True, slots=True)
class Outcome:
    """`hung_up`: the connection is gone. `unsure`: it went silent, so the server may have taken the message after all."""

    answer: Answer
    words: str = ""
    hung_up: bool = False
    unsure: bool = False


class Postbox:
    """Opened when first needed, and again after it broke.

    `has_delivered` proves that the server works at all; `in_vain` counts the messages since then that it did not answer for good.
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
        """Open it unless it is open; None, or why the server serves nobody."""
        if self._open:
            return None
        try:
            self.connection.open()
        except OSError as error:  # SMTPException is one
            self.close()
            return Outcome(Answer.DOWN, in_words(error))
        self._open, self._used = True, False
        return None

    def send(self, message: EmailMessage) -> Outcome:
        """Hand over one message. Raises only what is the message's own fault, such as a line break in its subject."""
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
        """Hang up; a server that is gone already is no trouble."""
        self._open = False
        try:
            self.connection.close()
        except OSError as error:
            log.info("the mail server did not say goodbye: %s", in_words(error))

    def _remember(self, answer: Answer) -> None:
        self.has_delivered = self.has_delivered or answer is Answer.ACCEPTED
        self.in_vain = self.in_vain + 1 if answer in (Answer.LATER, Answer.DOWN) else 0

    def _hand_over(self, message: EmailMessage) -> Outcome:
        try:
            self.connection.send_messages([message])
        except OSError as error:
            return answer_to(error)
        return Outcome(Answer.ACCEPTED)


def answer_to(error: OSError) -> Outcome:
    """What an error of smtplib says about this message and about the server."""
    words = in_words(error)
    match error:
        case smtplib.SMTPServerDisconnected():
            silent = isinstance(error.__context__, TimeoutError)
            return Outcome(Answer.LATER, words, hung_up=True, unsure=silent)
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            return _by_code(min(code for code, _ in recipients.values()), words)
        case smtplib.SMTPSenderRefused(smtp_code=code) if code != SIZE_EXCEEDED:
            return Outcome(Answer.DOWN, words, hung_up=True)  # our own address is refused: nothing would pass
        case smtplib.SMTPResponseException(smtp_code=code):
            return _by_code(code, words)
        case smtplib.SMTPNotSupportedError():
            return Outcome(Answer.REFUSED, words)
    return Outcome(Answer.LATER, words, hung_up=True, unsure=True)


def _by_code(code: int, words: str) -> Outcome:
    if code == SERVICE_CLOSING:
        return Outcome(Answer.DOWN, words, hung_up=True)
    return Outcome(Answer.REFUSED if code >= FOR_GOOD else Answer.LATER, words)


def in_words(error: BaseException) -> str:
    """An error as the outbox keeps it: its kind and its text, short, and without what a database refuses."""
    return f"{type(error).__name__}: {error}".replace("\x00", "")[:LONGEST_ERROR]
