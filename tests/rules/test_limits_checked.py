"""Limits that ask for nothing, or that together leave nobody who can meet them, are refused at the boundary."""

import pytest

from tests.rules.making import PLAIN, problems_in

MET = "can never be met;"
TWO = 'categories = [{ code = "education"%s }, { code = "teaching" }]\n'


def row(code: str, ends: str, over: str = "") -> str:
    return f'{{ code = "{code}", {f"over = {{ {over} }}, " if over else ""}{ends} }}'


def least(value: str) -> str:
    return f'minimum = {{ value = "{value}" }}'


def most(value: str) -> str:
    return f'maximum = {{ value = "{value}" }}'


def records(end: str, count: int) -> str:
    return f'counts = "records", {end} = {{ value = {count} }}'


AB = 'providers = ["a", "b"]'
SHARE, NOTHING = "that share of the total is less than a step.", "it asks for nothing."


@pytest.mark.parametrize(
    ("rows", "more", "problems"),
    [
        # shares of 20 credits in steps of 0.01
        ([row("x", 'per = "item", maximum = { percent = "0.05" }')], "", []),
        ([row("x", 'per = "item", maximum = { percent = "0.049" }')], "", [f"limits[x].maximum: {SHARE}"]),
        ([row("x", 'minimum = { percent = "0.049", rounds = "down" }')], "", [f"limits[x].minimum: {SHARE}"]),
        ([row("x", 'minimum = { percent = "0.049" }')], "", []),
        ([row("x", records("minimum", 0))], "", [f"limits[x].minimum: {NOTHING}"]),
        ([row("x", records("minimum", 1))], "", []),
        # of each record more than another row lets one count
        ([row("x", f'per = "item", {least("5")}'), row("y", f'per = "item", {most("4.99")}')], "", ["limits[x].minimum: y counts less of a record; nobody can meet both."]),
        ([row("x", f'per = "item", {least("5")}'), row("y", f'per = "item", {most("5")}')], "", []),
        ([row("x", f'per = "item", {least("5")}'), row("y", f'per = "item", {most("3")}, when = {{ member = true }}')], "", []),
        ([row("x", f'per = "item", {least("5")}'), row("y", f'per = "item", {most("3")}, from = "S", through = "E"')], "", []),
        ([row("x", f'per = "item", {least("5")}'), row("y", f'per = "item", {most("3")}', AB)], "", []),
        ([row("x", f'per = "item", {least("5")}', AB), row("y", f'per = "item", {most("3")}')], "", ["limits[x].minimum: y counts less of a record; nobody can meet both."]),
        # more records than another row lets count
        ([row("x", records("minimum", 3)), row("y", records("maximum", 2))], "", ["limits[x].minimum: y counts fewer records at most; nobody can meet both."]),
        ([row("x", records("minimum", 3)), row("y", records("maximum", 3))], "", []),
        ([row("x", f'per = "year", {records("minimum", 3)}'), row("y", records("maximum", 2))], "", ["limits[x].minimum: y counts fewer records at most; nobody can meet both."]),
        ([row("x", records("minimum", 3)), row("y", f'per = "year", {records("maximum", 2)}')], "", []),
        ([row("x", records("minimum", 3)), row("y", records("maximum", 2), AB)], "", []),
        ([row("x", 'counts = "providers", minimum = { value = 3 }')], f"{AB}\n", ["limits[x].minimum: it needs 3 providers, and there are 2."]),
        ([row("x", 'counts = "providers", minimum = { value = 2 }')], f"{AB}\n", []),
        ([row("x", 'counts = "providers", minimum = { value = 2 }', 'providers = ["a"]')], f"{AB}\n", ["limits[x].minimum: it needs 2 providers, and there are 1."]),
        # so many records with a cap, and so many providers, months and days
        ([row("x", f'per = "item", {most("5")}'), row("y", records("maximum", 4))], "", []),
        ([row("x", f'per = "item", {most("4.99")}'), row("y", records("maximum", 4))], "", [f"total: 20 credits {MET} 19.96 credits count at most."]),
        ([row("x", f'per = "item", {most("5")}'), row("y", f'per = "year", {records("maximum", 2)}')], "", []),
        ([row("x", f'per = "item", {most("5")}'), row("y", f'per = "year", {records("maximum", 1)}')], "", [f"total: 20 credits {MET} 10 credits count at most."]),
        ([row("x", f'per = "item", {most("5")}'), row("y", f'per = "day", {records("maximum", 1)}')], "", []),
        ([row("x", f'per = "item", {most("6")}'), row("z", f'per = "item", {most("4.99")}'), row("y", records("maximum", 4))], "", [f"total: 20 credits {MET} 19.96 credits count at most."]),
        ([row("x", f'per = "item", {most("5")}'), row("y", records("maximum", 3))], 'cards = [{ code = "c", worth = "5" }]\n', []),
        ([row("x", f'per = "item", {most("5")}'), row("y", records("maximum", 3))], 'cards = [{ code = "c", worth = "4.99" }]\n', [f"total: 20 credits {MET} 19.99 credits count at most."]),
        ([row("x", f'per = "provider", {most("10")}')], f"{AB}\n", []),
        ([row("x", f'per = "provider", {most("9.99")}')], f"{AB}\n", [f"total: 20 credits {MET} 19.98 credits count at most."]),
        ([row("x", f'per = "provider", {most("1")}')], "", []),
        ([row("x", f'per = "provider", {most("5")}', AB), row("y", least("10.01"), AB)], "", [f"limits[y].minimum: 10.01 credits {MET} what it is about counts 10 credits at most."]),
        ([row("x", f'per = "provider", {most("9.99")}')], f'{AB}\ncards = [{{ code = "c", worth = "0.02" }}]\n', []),
        ([row("x", f'per = "month", {most("0.71")}')], "", [f"total: 20 credits {MET} 19.88 credits count at most."]),
        ([row("x", f'per = "month", {most("0.72")}')], "", []),
        ([row("x", f'per = "month", {most("0.5")}')], "carry_over = {}\n", []),
        ([row("x", f'per = "day", {most("0.02")}')], "", [f"total: 20 credits {MET} 14.6 credits count at most."]),
        ([row("x", f'per = "day", {most("0.03")}')], "", []),
        ([row("x", f'per = "day", {most("0.02")}')], 'cards = [{ code = "c", worth = "5.4" }]\n', []),
        # minima of categories by limits, together and below their caps
        ([row("x", least("12"), 'categories = ["education"]'), row("y", least("8"), 'categories = ["teaching"]')], TWO % "", []),
        ([row("x", least("12"), 'categories = ["education"]'), row("y", least("8.01"), 'categories = ["teaching"]')], TWO % "", ["total: 20 credits is less than the minima of its categories together, 20.01 credits."]),
        ([row("x", least("12"), 'categories = ["education"]'), row("y", least("13"), 'categories = ["education"]')], TWO % "", []),
        ([row("x", least("12"), 'categories = ["education"]'), row("y", least("9"), 'categories = ["teaching"], topics = ["law"]')], TWO % "", []),
        ([row("x", least("12"), 'categories = ["education", "teaching"]'), row("y", least("9"), 'categories = ["teaching"]')], TWO % "", []),
        ([row("x", least("12"), 'categories = ["education"]'), row("y", f'{least("9")}, when = {{ member = true }}', 'categories = ["teaching"]')], TWO % "", []),
        ([row("x", least("12"), 'categories = ["education"]'), row("y", least("9"), 'categories = ["teaching"]')], TWO % "" + 'alternatives = [{ code = "a", of = ["x", "y"] }]\n', []),
        ([row("y", least("8.01"), 'categories = ["teaching"]')], TWO % ', minimum = { value = "12" }', ["total: 20 credits is less than the minima of its categories together, 20.01 credits."]),
        ([row("y", most("4.99"), 'categories = ["education"]')], TWO % ', minimum = { value = "5" }', [f"categories[education].minimum: 5 credits {MET} 4.99 credits count at most."]),
        ([row("y", most("5"), 'categories = ["education"]')], TWO % ', minimum = { value = "5" }', []),
    ],
)  # fmt: skip
def test_limits_that_ask_for_nothing_or_that_nobody_can_meet_are_refused(rows, more, problems):
    assert problems_in(f"{more}limits = [{', '.join(rows)}]\n") == problems


def test_limits_of_which_another_total_takes_the_share_or_the_whole_are_not_judged():
    plain = PLAIN.replace('"20"', '"20", instead = [{ when = { member = true }, value = "100" }]')
    assert (
        problems_in('limits = [{ code = "x", per = "item", maximum = { percent = "0.049" } }]', plain=plain)
        == []
    )
    both = [
        row("x", least("12"), 'categories = ["education"]'),
        row("y", least("9"), 'categories = ["teaching"]'),
    ]
    assert problems_in(f"{TWO % ''}limits = [{', '.join(both)}]", plain=plain) == []
