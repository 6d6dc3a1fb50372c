"""Values of the provider's data, of exactly the type that we expect and of limited length."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar, overload

from payments.errors import ForStaff

LONGEST_NAME, LONGEST_URL = 255, 2000
_MISSING = object()
Value = TypeVar("Value")
Default = TypeVar("Default")
ProviderObject = Mapping[str, object]  # what the provider sent, as plain data: nothing promises its types


@overload
def read_value(thing: ProviderObject, *path: str, of: type[Value]) -> Value: ...
@overload
def read_value(thing: ProviderObject, *path: str, of: type[Value], default: Default) -> Value | Default: ...
def read_value(thing: ProviderObject, *path: str, of: type[Value], default: object = _MISSING) -> object:
    """Return the value at `path`. Raises ForStaff unless it has exactly the type `of` and a limited
    length; a missing value is `default`, if one is given.
    """
    value: object = thing
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None and default is not _MISSING:
        return default
    longest = LONGEST_URL if path == ("url",) else LONGEST_NAME
    if type(value) is not of or (isinstance(value, str) and len(value) > longest):
        raise ForStaff(f"{'.'.join(path)} is missing or not what it should be.")
    return value


def read_moment(thing: ProviderObject, key: str) -> datetime:
    try:
        return datetime.fromtimestamp(read_value(thing, key, of=int), UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise ForStaff(f"{key} is not a moment.") from error
