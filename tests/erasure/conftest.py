"""A whole life: a trainer with at least one row in every table about people, and nothing open."""

import pytest

from core.invariants import all_checks
from tests.erasure.lived import _draw_periods, _lived  # noqa: F401 - fixtures


@pytest.fixture
def found_by_checks():
    """What `verify_invariants --files` finds, by check."""

    def ask() -> dict[str, list[str]]:
        answers = {one.name: list(one.find()) for one in all_checks()}
        return {name: rows for name, rows in answers.items() if rows}

    return ask
