"""A policy file with a window that no day can reach, or with a share of a fee that stands after it, is refused."""

import pytest

from tests.rules.making import PLAIN, problems_in

EMPTY = "no day is in it: it would begin on %s and end on %s"
ON = "(when the cycle ends on E = 2023-01-01)."


@pytest.mark.parametrize(
    ("version", "problems"),
    [
        ('acts = [{ code = "x", from = "D", through = "D - 1 day" }]', [f"acts[x]: {EMPTY % ('2021-01-02', '2021-01-01')} {ON}"]),
        ('acts = [{ code = "x", from = "D", through = "D" }]', []),
        ('acts = [{ code = "x", from = "D", through = "R" }]', []),
        ('cards = [{ code = "x", from = "R", through = "R - 30 days" }]', [f"cards[x]: {EMPTY % ('2021-01-02', '2020-12-03')} {ON}"]),
        ('cards = [{ code = "x", from = "R - 30 days", through = "R" }]', []),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "E", through = "S" }]', [f"limits[x]: {EMPTY % ('2023-01-01', '2021-01-02')} {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "E + 1 year", through = "E + 2 years" }]', [f"limits[x]: no course counts from 2024-01-01 through 2025-01-01 {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "S", through = "S + 1 year" }]', []),
        ('needs = [{ code = "x", fact = "passed", from = "E", through = "S" }]', [f"needs[x]: {EMPTY % ('2023-01-01', '2021-01-02')} {ON}"]),
        ('needs = [{ code = "x", fact = "passed", from = "S", through = "E" }]', []),
    ],
)  # fmt: skip
def test_a_window_of_an_act_a_card_a_fact_or_a_limit_that_no_day_can_reach_is_refused(version, problems):
    head = 'facts = [{ code = "passed", kind = "date" }]\n' if "passed" in version else ""
    assert problems_in(version, head) == problems


@pytest.mark.parametrize(
    ("of", "problems"),
    [
        ('["renewal"]', []),
        ('["tax"]', ["fees[tax].of: tax must stand before it in the file."]),
        ('["renewal", "late"]', ["fees[tax].of: late must stand before it in the file."]),
    ],
)
def test_a_share_of_a_fee_that_stands_after_it_is_refused(of, problems):
    rows = f'{{ code = "tax", percent = "10", of = {of} }}, {{ code = "late", amount = "30.00" }}'
    assert (
        problems_in(
            'tiers = [{ code = "on_time", adds = ["renewal", "tax", "late"] }]',
            plain=PLAIN.replace(" }]", f" }}, {rows}]"),
        )
        == problems
    )
