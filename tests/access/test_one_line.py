"""A value of one line stays one, whatever was typed: names, addresses and titles are in signatures and headers."""

import re

import pytest
from django.apps import apps
from django.db.models import CharField, EmailField, URLField

from tests.access.filling import ALL_FORMS, KEPT
from tests.audits.scenes import open_periods

SEVERAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What ends a line for some program, or is a control character.
SPLITTING = (
    "\n",
    "\r\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1e",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\t",
    "\x1b",
)


@pytest.fixture(autouse=True)
def _draw_periods(db) -> None:
    """Every cycle is chosen for an audit."""
    open_periods(rate="1")


def values_of_several_lines() -> list[tuple[str, str, str]]:
    """Return (model, column, value) of each value of a column of one line that has a control character."""
    found = []
    for model in (one for one in apps.get_models() if one._meta.app_label in KEPT):
        columns = [
            field.attname for field in model._meta.fields if type(field) in (CharField, EmailField, URLField)
        ]
        for row in model._default_manager.order_by("pk").values_list(*columns) if columns else ():
            pairs = zip(columns, row, strict=True)
            found += [
                (model.__name__, column, text) for column, text in pairs if text and SEVERAL.search(text)
            ]
    return found


@pytest.mark.parametrize("form", [form for form in ALL_FORMS if form.good], ids=str)
def test_no_line_feed_or_control_character_comes_into_a_value_of_one_line(form, filled):
    """Of such values names, addresses and titles, signatures and headers are made. Pairwise: each form gets some of
    the characters, each character is sent to many forms."""
    for place, name in enumerate(form.good, ALL_FORMS.index(form)):
        typed = f"{form.good[name]}{SPLITTING[place % len(SPLITTING)]}Bcc: eve@example.org"
        assert filled.post(**{name: typed}).status_code < 500, (name, typed)
    assert values_of_several_lines() == []
