"""What the outbox asks about the recipient of a notice. `trainers`, which holds the people,
registers the functions that answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.people import Person
from outbox.models import Notice


@dataclass(frozen=True)
class Recipients:
    """The functions that answer the outbox about a person, and those that it calls when a mail
    server or provider has answered.

    `zones` returns the time zone of each person's policy, by the person's primary key;
    `letter_places` returns what a letter says for one person in the place of {name} and the like.
    """

    wants_optional: Callable[[Person], bool]
    zones: Callable[[Iterable[int]], Mapping[int, str]]
    letter_places: Callable[[Iterable[int]], Mapping[int, Mapping[str, str]]]
    unsubscribe_link: Callable[[Person], str]
    example_unsubscribe_link: Callable[[], str]
    with_address: Callable[[str], Person | None]
    stop_optional: Callable[..., object]  # person, at=, reason=
    mark_refused: Callable[..., object]  # person, address=, words=, at=
    unmark_if_sent_again: Callable[..., object]  # notice, address=, at=


_registered: list[Recipients] = []


def register_recipients(answers: Recipients) -> None:
    """Register the functions that answer about people; called once at start, by the app that holds
    the people.
    """
    _registered[:] = [answers]


def recipient_answers() -> Recipients:
    """Return the registered `Recipients`; raises LookupError when no app has registered any."""
    if not _registered:
        raise LookupError("No app has registered who the recipients of notices are.")
    return _registered[0]


def is_unwanted(notice: Notice) -> bool:
    """Return whether the notice is optional and its recipient has switched optional notices off."""
    return notice.urgency == Notice.Urgency.OPTIONAL and not recipient_answers().wants_optional(
        notice.trainer
    )


def mark_refused(notice: Notice, *, address: str, words: str, at: datetime) -> None:
    """Record that a mail server refused the notice's address for good, with the server's `words`."""
    recipient_answers().mark_refused(notice.trainer, address=address, words=words, at=at)
