"""A bounded memory of what is computed once for many people."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by everything that they depend on. A full memory forgets all and begins again, so that it never holds
    more than `most`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Hashable, Value] = {}

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the value of this key, computed when it is asked for the first time."""
        value = self._values.get(key)
        if value is None:
            value = compute()
            if len(self._values) >= self._most:
                self._values.clear()
            self._values[key] = value
        return value
