"""Cells of the admin's lists, labelled so that a phone can show a row as a block."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from staff.worded import worded_cell

register = template.Library()
KINDS = {"<td": "cell", "<th": "rowheader"}


@register.simple_tag
def named_cells(cells: Iterable[str], headers: Iterable[dict[str, object]]) -> list[SafeString]:
    """Return the cells of a row, each with its ARIA role and, except the first, with its column's
    name.
    """
    return list(
        _named([worded_cell(cell) for cell in cells], [str(header.get("text", "")) for header in headers])
    )


def _named(cells: list[str], names: list[str]) -> Iterator[SafeString]:
    first = True
    for cell, name in zip(cells, names, strict=False):
        kind, rest = KINDS.get(cell[:3]), cell[3:]
        if kind is None:
            yield mark_safe(cell)  # noqa: S308 - as Django made it
            continue
        is_choice = "action-checkbox" in cell[:40]
        label = "" if first or is_choice else format_html(' data-label="{}"', name[:1].upper() + name[1:])
        first = first and is_choice
        opened = format_html('{} role="{}"{}', mark_safe(cell[:3]), kind, label)  # noqa: S308 - one of `KINDS`
        yield opened + mark_safe(rest)  # noqa: S308 - as Django made it
