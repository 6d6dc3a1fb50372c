"""Every message in every state, rendered from example rows that no database has.

Staff can look at them before anybody gets one, and the golden files in tests/emails are made of
them. Each app adds its own in its `examples.py`, which is loaded on first use.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

from core import mail
from outbox.models import Notice
from outbox.notices import NoticeKind, kind_of
from outbox.recipients import recipient_answers

Row = TypeVar("Row", bound=Model)
Urgency = Notice.Urgency


@dataclass(frozen=True)
class Example:
    """One message in one state, called `name`.

    `trigger` says what causes it and `sent` when it is sent; `context` returns what its templates need.
    """

    kind: NoticeKind
    state: str
    name: str
    trigger: str
    sent: str
    context: Callable[[], Mapping[str, object]]
    urgency: str = Urgency.FIRM

    @property
    def urgency_words(self) -> str:
        return str(Urgency(self.urgency).label)


_examples: dict[tuple[str, str], Example] = {}


def show_example(
    kind: str,
    state: str,
    context: Callable[[], Mapping[str, object]],
    *,
    trigger: str,
    name: str = "",
    sent: str = "At once",
    urgency: str = Urgency.FIRM,
) -> None:
    """Add an example of the notice kind `kind` in `state`. Raises ValueError when that example
    exists already, LookupError for an unknown kind.
    """
    if (kind, state) in _examples:
        raise ValueError(f"There are two examples of {kind} called {state}.")
    name = name or state.replace("-", " ").capitalize()
    _examples[kind, state] = Example(kind_of(kind), state, name, trigger, sent, context, urgency)


def all_examples() -> tuple[Example, ...]:
    """Return all examples, in the order in which the apps add them."""
    autodiscover_modules("examples")
    return tuple(_examples.values())


def example_of(kind: str, state: str) -> Example | None:
    """Return the example of a kind and state, or None."""
    return next((one for one in all_examples() if (one.kind.kind, one.state) == (kind, state)), None)


def mail_of(example: Example) -> mail.Mail:
    """Return the message as the sender would render it, without a query."""
    optional = example.urgency == Urgency.OPTIONAL
    stop = recipient_answers().example_unsubscribe_link() if optional else ""
    return mail.render_mail(example.kind.template, example.context(), unsubscribe_link=stop)


def with_rows(row: Row, **related: Sequence[object]) -> Row:
    """Return `row` with related rows set, as if they had been prefetched."""
    row._prefetched_objects_cache = related  # type: ignore[attr-defined]  # where Django keeps what was prefetched
    return row
