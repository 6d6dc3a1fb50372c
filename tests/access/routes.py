"""Every route of the resolver, with values for its parts that are Jordan's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

PART = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
REST_OF_THE_STAFF_SIDE = "(?P<url>.*)$"  # the admin's answer to addresses that do not exist


@dataclass(frozen=True)
class Route:
    """A route. `pattern` is its whole URL with the places of its parts, as `path()` writes them."""

    name: str
    pattern: str

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(PART.findall(self.pattern))

    def address(self, values: dict[str, object]) -> str:
        """Return the URL with Jordan's values; values that are for this route alone come first."""
        return PART.sub(lambda found: str(self._value(found[1], values)), self.pattern)

    def _value(self, part: str, values: dict[str, object]) -> object:
        value = values.get(f"{self.name}.{part}", values.get(part))
        if value is None:
            raise LookupError(f"tests/access has no value for {part} of {self.name}")
        return value


def all_routes() -> list[Route]:
    """Return every route, sorted, so that workers that share the tests number them alike."""
    return sorted(set(_walk(get_resolver(), (), "/")), key=lambda route: (route.pattern, route.name))


def _walk(resolver: URLResolver, namespaces: tuple[str, ...], before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + _text(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(
                entry, (*namespaces, entry.namespace) if entry.namespace else namespaces, pattern
            )
        elif isinstance(entry, URLPattern):
            yield Route(":".join((*namespaces, entry.name or "nameless")), pattern)


def _text(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    if text == REST_OF_THE_STAFF_SIDE:
        return "no-such-page/"
    if isinstance(entry.pattern, RegexPattern):
        return GROUP.sub(r"<\1>", text).strip("^$")
    return text
