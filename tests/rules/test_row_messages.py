"""Rows whose keys contradict each other, each with the exact problem that the policy's author reads; and the row beside
each, with the next smaller or larger figure, that is taken.
"""

import pytest

from tests.rules.making import PLAIN, problems_in

USED = 'tiers = [{ code = "on_time", adds = ["renewal", "late"] }]\n'


def fee_problems(keys: str) -> list[str]:
    row = f'{{ code = "late", {keys} }}'
    return problems_in(USED, plain=PLAIN.replace('"100.00" }', f'"100.00" }}, {row}'))


@pytest.mark.parametrize(
    ("refused", "taken", "problem"),
    [
        ('amount = "1.00", per = "record", since = "E + 5 days"', 'amount = "1.00", per = "late_day", since = "E + 5 days"',
         "since: is for a fee per late day, month or year."),
        ('amount = "1.00", per = "correction", over = { formats = ["live"] }', 'amount = "1.00", per = "record", over = { formats = ["live"] }',
         'over: is for a fee with per = "record".'),
        ('amount = "1.00", each = 2', 'amount = "1.00", per = "late_day", each = 2',
         "each: is for a fee per record, petition, correction, or late day, month or year."),
        ('amount = "1.00", per = "credential", each = 2', 'amount = "1.00", per = "record", each = 2',
         "each: is for a fee per record, petition, correction, or late day, month or year."),
        ('amount = "1.00", per = "further_credential", each = 2', 'amount = "1.00", per = "correction", each = 2',
         "each: is for a fee per record, petition, correction, or late day, month or year."),
        ('amount = "1.00", of = ["renewal"]', 'percent = "1", of = ["renewal"]', "of: is for a fee with percent."),
        ('percent = "100.001", takes_off = true', 'percent = "100", takes_off = true',
         "percent: more than all of it cannot be taken off."),
        ('amount = "2.00", per = "late_day", at_most = "1.99"', 'amount = "2.00", per = "late_day", at_most = "2.00"',
         "at_most: it is less than the amount, $2."),
    ],
)  # fmt: skip
def test_a_fee_whose_keys_do_not_fit_each_other_is_refused_with_the_key(refused, taken, problem):
    assert fee_problems(refused) == [f"fees[late].{problem}"]
    assert fee_problems(taken) == []


CATEGORIES = 'categories = [{ code = "a" }, { code = "b" }]\n'
SHORT = 'paths = [{ code = "usual" }, { code = "exam", credits = false, cards = false }]\n'
CARD = 'cards = [{ code = "cpr", from = "R", through = "R"'


@pytest.mark.parametrize(
    ("refused", "taken", "problem"),
    [
        ('tiers = [{ code = "late", after = "E", through = "E + 9 days", uses_at_most = 0 }]\n',
         'tiers = [{ code = "late", after = "E", through = "E + 9 days", uses_at_most = 1 }]\n',
         "tiers[late].uses_at_most: 0 times are never; leave the tier out."),
        ('acts = [{ code = "appeal", from = "D", through = "D + 30 days", at_most = 0 }]\n',
         'acts = [{ code = "appeal", from = "D", through = "D + 30 days", at_most = 1 }]\n',
         "acts[appeal].at_most: 0 times are never; leave the act out."),
        ('paths = [{ code = "usual" }, { code = "exam", uses_at_most = 0 }]\n',
         'paths = [{ code = "usual" }, { code = "exam", uses_at_most = 1 }]\n',
         "paths[exam].uses_at_most: 0 times are never; leave the path out."),
        ('paths = [{ code = "usual" }, { code = "on_time", uses_at_most = 1 }]\n', 'paths = [{ code = "usual" }, { code = "on_time" }]\n',
         "paths[on_time].code: it is also a tier, and uses are counted by code; call one of them otherwise."),
        ('paths = [{ code = "usual" }, { code = "life", lifetime = true, next_length = "1 year" }]\n',
         'paths = [{ code = "usual" }, { code = "life", lifetime = true }]\n',
         "paths[life].lifetime: there is no next cycle, so it has no next_length."),
        (f'{CARD}, served_by = ["cpr"] }}]\n', f"{CARD} }}]\n", "cards[cpr].served_by: a card serves as itself without that."),
        (f'formats = ["live", "home"]\n{CARD}, formats = ["web"] }}]\n', f'formats = ["live", "home"]\n{CARD}, formats = ["home"] }}]\n',
         "cards[cpr].formats: web is not known; there is: live, home."),
        (f"{CARD}, needed = false }}]\n", f'{CARD}, needed = false, worth = "1" }}]\n',
         "cards[cpr].needed: a card that is not needed, counts nothing and serves for no other has no effect."),
        (f'{SHORT}{CARD}, when = {{ path = ["exam"] }} }}]\n', f'{SHORT}{CARD}, when = {{ path = ["exam", "usual"] }} }}]\n',
         "cards[cpr].when: no path that it names asks for any."),
        (f'{SHORT}limits = [{{ code = "few", minimum = {{ value = "2" }}, when = {{ path = ["exam"] }} }}]\n',
         f'{SHORT}limits = [{{ code = "few", minimum = {{ value = "2" }}, when = {{ path = ["usual"] }} }}]\n',
         "limits[few].when: no path that it names asks for any."),
        ('several = { ranks = ["made", "made"], highest_renews_lower = true }\n', 'several = { ranks = ["made", "high"], highest_renews_lower = true }\n',
         "several.ranks: a credential has one rank."),
        ('values = { correction_days = { value = 4 }, correction_days_least = { value = 5 } }\n',
         'values = { correction_days = { value = 5 }, correction_days_least = { value = 5 } }\n',
         "values.correction_days: it is less than correction_days_least, 5."),
        ('dues = [{ code = "d", amount = "1.00", fixed_days = ["01-01"], every = "1 year" }]\n', 'dues = [{ code = "d", amount = "1.00", fixed_days = ["01-01"] }]\n',
         "dues[d].every: fixed_days take its place."),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_or_another_is_refused_with_its_key(refused, taken, problem):
    assert problem in problems_in(refused)
    assert problems_in(taken) == []


LATER = 'dues = [{{ code = "d", amount = "1.00", first = "S", grace_days = 5, late_amount = "2.00", later = [{}] }}]\n'


@pytest.mark.parametrize(
    ("later", "days"),
    [
        ('{ days = 6, amount = "2.01" }', []),
        ('{ days = 5, amount = "2.01" }', [5]),
        ('{ days = 6, amount = "2.00" }', [6]),
        ('{ days = 6, amount = "3.00" }, { days = 7, amount = "3.00" }', [7]),
    ],
)
def test_each_later_amount_of_a_due_comes_later_and_is_more(later, days):
    said = "must come later than what is before it, and be more."
    assert problems_in(LATER.format(later)) == [f"dues[d].later[{one}]: {said}" for one in days]


RUSH = PLAIN.replace('"100.00" }', '"100.00" }, { code = "rush", amount = "9.00" }')
EARLY = 'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 9 days", adds = ["rush"] }]\n'


@pytest.mark.parametrize(
    ("keys", "problems"),
    [
        ('tiers = ["on_time"], in_place_of = ["rush"]', ["paths[exam].in_place_of: none of its tiers has a fee rush."]),
        ('tiers = ["late"], in_place_of = ["rush"]', []),
        ('in_place_of = ["rush"]', []),
        ('adds = ["renewal"], in_place_of = ["renewal"]', ["paths[exam].adds: renewal is among the fees that fall away."]),
    ],
)  # fmt: skip
def test_a_path_takes_away_only_fees_that_one_of_its_tiers_has_and_that_it_does_not_add(keys, problems):
    found = problems_in(f'{EARLY}paths = [{{ code = "usual" }}, {{ code = "exam", {keys} }}]\n', plain=RUSH)
    assert [one for one in found if one.startswith("paths")] == problems


FACTS = '[[facts]]\ncode = "leave"\nlabel = "Leave"\nkind = "number"\nby = "staff"\n'


@pytest.mark.parametrize("key", ["less", "more"])
def test_the_most_of_leave_is_not_below_one_month_of_it_and_a_need_asks_for_more_than_0(key):
    total = f'{{ value = "20", {key} = {{ fact = "leave", each = "2", at_most = "%s" }} }}'
    for most, problems in (("1", [f"total.{key}.at_most: it is less than each, 2 credits."]), ("2", [])):
        plain = PLAIN.replace('{ value = "20" }', total % most)
        assert problems_in("", head=FACTS, plain=plain) == problems
    need = 'needs = [{ code = "months", fact = "leave", at_least = %s }]\n'
    assert problems_in(need % 0, head=FACTS) == ["needs[months].at_least: 0 asks for nothing."]
    assert problems_in(need % 1, head=FACTS) == []
