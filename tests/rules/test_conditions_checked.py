"""A policy file in which two conditions, or a condition and what is needed, leave nobody is refused."""

import pytest

from tests.rules.making import PLAIN, problems_in

FACTS = (
    'facts = [{ code = "h", kind = "number" }, { code = "d", kind = "date" }, { code = "e", kind = "yes_no" },'
    ' { code = "c", kind = "choice", choices = ["n", "s"] }]\n'
)


@pytest.mark.parametrize(
    ("need", "when", "refused"),
    [
        ('fact = "h", at_least = 5', "fact_through = { h = 4 }", True),
        ('fact = "h", at_least = 5', "fact_through = { h = 5 }", False),
        ('fact = "h", at_least = 5', "fact = { h = 4 }", True),
        ('fact = "h", at_least = 5', "fact_from = { h = 1 }", False),
        ('fact = "h", at_least = 5', "not = { fact_from = { h = 5 } }", True),
        ('fact = "h", at_least = 5', "any = [{ fact_through = { h = 4 } }, { member = true }]", False),
        ('fact = "c", among = ["n"]', 'fact = { c = "s" }', True),
        ('fact = "c", among = ["n"]', 'fact = { c = ["n", "s"] }', False),
        ('fact = "c", among = ["n"]', 'not = { fact = { c = "n" } }', True),
        ('fact = "e"', "fact = { e = false }", True),
        ('fact = "e"', "fact = { e = true }", False),
        ('fact = "e"', "not = { fact = { e = true } }", True),
        ('fact = "d", from = "S", through = "E"', "fact_from = { d = 2020-01-01 }", False),
        ('fact = "h", at_least = 5', "renewal_each = 2, fact_through = { h = 4 }", False),  # not judged
    ],
)
def test_a_need_that_its_own_condition_excludes_is_refused(need, when, refused):
    problems = ["needs[x]: nobody whom its when fits can meet it."] if refused else []
    assert problems_in(f'needs = [{{ code = "x", {need}, when = {{ {when} }} }}]', FACTS) == problems


def with_fee(row: str) -> str:
    return PLAIN.replace(" }]", f' }}, {{ code = "x", amount = "5.00", {row} }}]')


ON_TIME = '{ code = "on_time", adds = ["renewal", "x"]%s }'
LATE = '{ code = "late", after = "E", through = "E + 9 days", in_place_of = ["x"], cheaper = true%s }'
NOBODY = "fees[x].when: nobody whom it fits is in a tier or on a path that adds the fee."


@pytest.mark.parametrize(
    ("when", "version", "refused"),
    [
        ('tier = ["late"]', f"tiers = [{ON_TIME % ''}, {LATE % ''}]", True),
        ('tier = ["on_time"]', f"tiers = [{ON_TIME % ''}, {LATE % ''}]", False),
        ('tier = ["late", "on_time"]', f"tiers = [{ON_TIME % ''}, {LATE % ''}]", False),
        ("member = false", f"tiers = [{ON_TIME % ', when = { member = true }'}]", True),
        ("member = true", f"tiers = [{ON_TIME % ', when = { member = true }'}]", False),
        ("fact = { e = true }", f"tiers = [{ON_TIME % ', when = { not = { fact = { e = true } } }'}]", True),
        ("not = { fact = { e = true } }", f"tiers = [{ON_TIME % ', when = { not = { fact = { e = false } } }'}]", False),  # who does not tell it
        ("not = { age_from = 9 }", f"tiers = [{ON_TIME % ', when = { not = { age_through = 8 } }'}]", False),
        ('path = ["b"]', f'tiers = [{ON_TIME % ""}]\npaths = [{{ code = "a" }}, {{ code = "b" }}]', False),
        ('path = ["b"]', f'tiers = [{ON_TIME % ""}]\npaths = [{{ code = "a" }}, {{ code = "b", in_place_of = ["x"] }}]', True),
        ('path = ["b"]', 'paths = [{ code = "a", adds = ["x"] }, { code = "b" }]', True),
        ('path = ["a"]', 'paths = [{ code = "a", adds = ["x"] }, { code = "b" }]', False),
        ("member = true", 'paths = [{ code = "b" }, { code = "a", adds = ["x"], when = { member = false } }]', True),
        ('tier = ["late"]', f'tiers = [{{ code = "on_time" }}, {LATE.replace(", in_place_of = [", ", adds = [") % ""}]\npaths = [{{ code = "a" }}, {{ code = "b", adds = ["x"], tiers = ["on_time"] }}]', False),
        ('tier = ["late"]', 'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 9 days" }]\npaths = [{ code = "a" }, { code = "b", adds = ["x"], tiers = ["on_time"] }]', True),
    ],
)  # fmt: skip
def test_a_fee_whose_condition_fits_nobody_where_it_is_added_is_refused(when, version, refused):
    plain = with_fee(f"when = {{ {when} }}")
    assert problems_in(version, FACTS, plain) == [NOBODY] * refused


@pytest.mark.parametrize(
    ("outer", "rows", "never"),
    [
        ("", ["member = true", "member = true"], [2]),
        ("", ["member = true", "member = false"], []),
        ("", ["member = true", "member = false", "short = true"], [3]),
        ("", ["fact = { e = true }", "fact = { e = false }", "member = true"], []),
        ("", ["age_from = 60", "age_from = 65"], [2]),
        ("", ["age_from = 65", "age_from = 60"], []),
        ("", ["renewal_each = 2", "member = true"], []),
        ("when = { member = true }, ", ["member = false"], [1]),
        ("when = { member = true }, ", ["short = true"], []),
    ],
)
def test_another_amount_that_is_never_the_first_that_fits_is_refused(outer, rows, never):
    written = ", ".join(f'{{ when = {{ {when} }}, amount = "{5 + n}.00" }}' for n, when in enumerate(rows))
    plain = PLAIN.replace(" }]", f", {outer}instead = [{written}] }}]")
    said = "nobody pays it; the rows before it, or the fee's when, exclude all."
    assert problems_in("", FACTS, plain) == [f"fees[renewal].instead[{one}]: {said}" for one in never]
    if not outer:
        written = ", ".join(f'{{ when = {{ {when} }}, value = "{5 + n}" }}' for n, when in enumerate(rows))
        plain = PLAIN.replace('"20"', f'"20", instead = [{written}]').replace("short", "member")
        found = [one for one in problems_in("", FACTS, plain) if "rows before" in one]
        if "short = true" not in rows:
            assert found == [
                f"total.instead[{one}]: the rows before it fit everybody whom it fits." for one in never
            ]
