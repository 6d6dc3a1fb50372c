"""What is refused of weights, alternatives, excess and amounts for a part of the time: the whole list of
problems, each with its key.
"""

import pytest

from tests.rules.making import PLAIN, made, problems_in, without_keys

KINDS = 'categories = [{ code = "education" }, { code = "a", minimum = { value = "5" } }, { code = "b", minimum = { value = "5" } }, { code = "c", minimum = { value = "5" } }]\n'
YEAR = 'limits = [{ code = "x", per = "year", minimum = { value = "5" }, %s }]'
TIMES = 'must be a number in quotes such as "2" or "0.5", more than 0, and not 1.'
REFUSED = [
    ('weights = [{ code = "x", times = "1" }]', f"weights[x].times: {TIMES}"),
    ('weights = [{ code = "x", times = "0" }]', f"weights[x].times: {TIMES}"),
    ('weights = [{ code = "x", times = "1.00001" }]', f"weights[x].times: {TIMES}"),
    ('weights = [{ code = "x", times = "2", first = "0" }]', "weights[x].first: must be more than 0 and a multiple of 0.01, not '0'."),
    ('weights = [{ code = "x", times = "2", per = "year" }]', "weights[x].per: is for a weight with first or beyond."),
    ('weights = [{ code = "x", times = "2", rounds = "off" }]', "weights[x].rounds: must be one of down, up, nearest, not 'off'."),
    ('weights = [{ code = "x", times = "2", over = { categories = ["z"] } }]', "weights[x].over.categories: z is not known; there is: education."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", "z"] }]', "alternatives[x].of: z is not known; there is: a, b, c."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a"] }]', "alternatives[x].of: must be more ways than are needed, and at least one is needed."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", "b"], at_least = 2 }]', "alternatives[x].of: must be more ways than are needed, and at least one is needed."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", "b"], at_least = 0 }]', "alternatives[x].of: must be more ways than are needed, and at least one is needed."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", "b", 3] }]', "alternatives[x].of: must hold codes of requirements, or lists of them."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", "b", []] }]', "alternatives[x].of: must hold codes of requirements, or lists of them."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", ["b", "a"]] }]', "alternatives[x].of: b and a asks for all of a; one of them is too many."),
    (KINDS + 'alternatives = [{ code = "x", of = [["a", "b"], ["c", "b", "a"]] }]', "alternatives[x].of: c and b and a asks for all of a and b; one of them is too many."),
    (KINDS + 'alternatives = [{ code = "x", of = ["a", "a"] }]', "alternatives[x].of: a asks for all of a; one of them is too many."),
    (KINDS + 'alternatives = [{ code = "a", of = ["b", "c"] }]', "needs: the code a stands for more than one requirement."),
    (YEAR.replace("year", "cycle") % 'excess = "next"', "limits[x].excess: is for a limit per year or calendar_year."),
    (YEAR % 'excess = "all"', "limits[x].excess: must be one of next, later, not 'all'."),
    (YEAR % 'excess_at_most = "5"', "limits[x].excess_at_most: is for a limit with excess."),
    ('limits = [{ code = "x", per = "year", counts = "topics", minimum = { value = 1 }, excess = "next" }]', "limits[x].excess: is for a limit that counts amount or records."),
    ('cycle = { length = "1 year" }\n' + YEAR % 'excess = "next"', "limits[x].excess: a cycle has one year, so there is no other to which it could go."),
    ('limits = [{ code = "x", minimum = { value = "5", rounds = "up" } }]', "limits[x].minimum.rounds: is not a key of this table."),
    ('limits = [{ code = "x", minimum = { percent = "50", rounds = "off" } }]', "limits[x].minimum.rounds: must be one of up, down, nearest, not 'off'."),
    ('limits = [{ code = "x", per = "item", minimum = { value = "1", each_year = "1" } }]', "limits[x].minimum.each_year: is not a key of this table."),
    ('limits = [{ code = "x", maximum = { value = "21", each_year = "1" } }]', "limits[x].maximum.each_year: is not a key of this table."),
    ('limits = [{ code = "x", counts = "records", minimum = { value = 1, each_year = "1" } }]', "limits[x].minimum.each_year: must be a whole number, not '1'."),
    ('carry_over = { none = true, most = "5" }', "carry_over.most: cannot stand beside none = true."),
    ('cycle = { first = { by = "quarter" } }', 'cycle.first.by: is for prorated = "whole" or "begun".'),
    ('cycle = { first = { rounds = "down" } }', 'cycle.first.rounds: is for prorated = "whole" or "begun".'),
    ('cycle = { first = { to = "1" } }', 'cycle.first.to: is for prorated = "whole" or "begun".'),
    ('cycle = { first = { prorated = "whole", by = "week" } }', "cycle.first.by: must be one of month, quarter, half_year, year, day, not 'week'."),
    ('cycle = { first = { prorated = "whole", to = "20.01" } }', "cycle.first.to: it is more than the total, 20 credits."),
    ('dues = [{ code = "x", amount = "9.00", first = "S", prorated = "begun" }]', "dues[x].prorated: is for a fee with every or fixed_days."),
    ('dues = [{ code = "x", amount = "9.00", fixed_days = ["01-01"], prorated = "begun", to = "9.01" }]', "dues[x].to: it is more than the fee, $9."),
    ('paths = [{ code = "x", status = "active" }]', "paths[x].status: active has its own meaning; leave it out, or use another word."),
    ('audit = { when = { renewed_by = ["y"] } }', "audit.when.renewed_by: y is not known; there is: ."),
]  # fmt: skip


@pytest.mark.parametrize(("version", "problem"), REFUSED)
def test_what_makes_no_sense_is_refused_with_one_problem_that_names_its_key(version, problem):
    assert list(map(without_keys, problems_in(version))) == [problem]


def test_minima_of_which_one_is_enough_may_be_more_than_the_total_together():
    minima = KINDS.replace('"5"', '"12"')
    assert problems_in(minima) == [
        "total: 20 credits is less than the minima of the categories together, 36 credits."
    ]
    ways = 'alternatives = [{ code = "x", of = ["a", "b", "c"] }]\n'
    assert made(minima + ways).wide


def test_a_condition_cannot_name_one_of_several_ways_but_their_requirement():
    ways = KINDS + 'alternatives = [{ code = "x", of = ["a", "b"] }]\n'
    assert made(ways + 'audit = { when = { unmet = ["x", "c"] } }').wide
    assert problems_in(ways + 'audit = { when = { unmet = ["a"] } }') == [
        "audit.when.unmet: a is not known; there is: c, total, x."
    ]


def test_amounts_that_leave_just_something_are_accepted():
    assert made('cycle = { first = { prorated = "whole", to = "20" } }').wide
    assert made(
        'dues = [{ code = "x", amount = "9.00", fixed_days = ["01-01"], prorated = "begun", to = "9.00" }]'
    ).wide
    assert made('cycle = { length = "13 months" }\n' + YEAR % 'excess = "next"', plain=PLAIN).wide
