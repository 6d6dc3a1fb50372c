"""The one kind of error that a service raises for a person: a sentence, and the field it belongs to."""

from collections.abc import Callable

from django.db.models import Model

NOT_YOURS = "Only the person whom it is about may do this."


class Refusal(Exception):
    """A change that is not allowed. `str(refusal)` is the sentence for the person, `field` the form
    field to show it at, `code` a word for tests and logs.
    """

    def __init__(self, sentence: str, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field


def require_self(by: Model | None, owner: int) -> None:
    """Raise Refusal unless `by` is the person with the key `owner`."""
    if by is None or by.pk != owner:
        raise Refusal(NOT_YOURS, code="not_allowed")


def refusal_of(act: Callable[[], object]) -> Refusal | None:
    """Do what `act` does; return the Refusal that it ended with, None when it was not refused."""
    try:
        act()
    except Refusal as refusal:
        return refusal
    return None
