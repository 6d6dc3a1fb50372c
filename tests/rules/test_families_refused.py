"""What is refused in the optional sections of a policy file: the whole list of problems, each with
its key; and what is accepted.
"""

from pathlib import Path

import pytest

from rules.policy.load import load_policy_file
from rules.policy.parse import PolicyError
from tests.rules.making import HEAD, PLAIN, made, unchecked, without_keys

V = "versions[2000-01-01]"
FACTS = (
    'facts = [{ code = "exam", kind = "yes_no" }, { code = "hours", kind = "number" },'
    ' { code = "passed_on", kind = "date" }, { code = "region", kind = "choice", choices = ["north", "south"] }]\n'
)
LIVE = 'formats = ["live", "online"]\n'


def problems_of(version: str, head: str = "", plain: str = PLAIN) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        made(version, head, plain)
    return [without_keys(one).removeprefix(f"{V}.") for one in caught.value.problems]


EITHER = "give either %s (the day itself is inside) or %s (it is not)."

READ = [
    ('cycle = { ends = "weekly" }', "cycle.ends: must be one of anniversary, month_end, birth_month, birthday, fixed, not 'weekly'."),
    ('cycle = { ends = "month_end", rounds = "off" }', "cycle.rounds: must be one of up, down, nearest, not 'off'."),
    ('cycle = { ends = "fixed", fixed_days = ["12-31"], years = "leap" }', "cycle.years: must be one of any, even, odd, birth_year, not 'leap'."),
    ('cycle = { next_from = "S" }', "cycle.next_from: must be one of E, receipt, approval, not 'S'."),
    ('cycle = { ends = "fixed" }', 'cycle.fixed_days: are for ends = "fixed", and needed there.'),
    ('cycle = { fixed_days = ["12-31"] }', 'cycle.fixed_days: are for ends = "fixed", and needed there.'),
    ('cycle = { ends = "fixed", fixed_days = ["12-31", "04-31"] }', "cycle.fixed_days: must be days such as \"12-31\", not '04-31'."),
    ('cycle = { ends = "fixed", fixed_days = ["12-31", "13-01"] }', "cycle.fixed_days: must be days such as \"12-31\", not '13-01'."),
    ('cycle = { first = { at_least = "1 year" } }', "cycle.first: at_least and at_most are for ends that are not the anniversary."),
    ('cycle = { first = { at_most = "1 year" } }', "cycle.first: at_least and at_most are for ends that are not the anniversary."),
    ('cycle = { ends = "birthday", first = { at_least = "6 months", at_most = "17 months" } }', "cycle.first: at_most leaves no day that is far enough away: who is certified on 2023-01-01 would have a first cycle through 2023-06-15, less than at_least."),
    ('cycle = { first = { prorated = "half" } }', "cycle.first.prorated: must be one of none, whole, begun, not 'half'."),
    ('cycle = { first = { length = "2" } }', "cycle.first.length: must be such as \"2 years\" or \"18 months\", not '2'."),
    ("cycle = { first = { longer = true } }", "cycle.first.longer: is not a key of this table."),
    ('limits = [{ code = "x" }]', "limits[x].minimum: is missing; give a minimum, a maximum or both."),
    ('limits = [{ code = "x", counts = "records", per = "item", maximum = { value = 1 } }]', "limits[x].per: cannot be item when records are counted."),
    ('limits = [{ code = "x", counts = "hours", maximum = { value = "30" } }]', "limits[x].counts: must be one of amount, records, categories, topics, providers, not 'hours'."),
    ('limits = [{ code = "x", per = "hour", maximum = { value = "30" } }]', "limits[x].per: must be one of cycle, year, calendar_year, item, day, month, course, provider, not 'hour'."),
    ('limits = [{ code = "x", maximum = { value = "30", values = 1 } }]', "limits[x].maximum.values: is not a key of this table. Did you mean value?"),
    ('limits = [{ code = "x", maximum = { value = "30" }, size = 1 }]', "limits[x].size: is not a key of this table."),
    (LIVE + 'limits = [{ code = "x", over = { formats = ["paper"] }, maximum = { value = "30" } }]', "limits[x].over.formats: paper is not known; there is: live, online."),
    ('providers = ["own"]\nlimits = [{ code = "x", over = { outside = ["else"] }, maximum = { value = "30" } }]', "limits[x].over.outside: else is not known; there is: own."),
    ('topics = []\nlimits = [{ code = "x", over = { topics = ["law"] }, maximum = { value = "30" } }]', "limits[x].over.topics: law is not known; there is: none."),
    ('limits = [{ code = "x", over = {}, maximum = { value = "30" } }]', "limits[x].over.categories: is missing; name categories, topics, providers or formats."),
    ('limits = [{ code = "x", over = { topics = ["law"], titles = 1 }, maximum = { value = "30" } }]', "limits[x].over.titles: is not a key of this table."),
    ('needs = [{ code = "x", fact = "region" }]', "needs[x].among: is for facts of the kind choice, and needed there."),
    ('needs = [{ code = "x", fact = "exam", among = ["yes"] }]', "needs[x].among: is for facts of the kind choice, and needed there."),
    ('needs = [{ code = "x", fact = "region", among = ["north", "east"] }]', "needs[x].among: east is none of north, south."),
    ('needs = [{ code = "x", fact = "exam", when = { country = ["usa"] } }]', "needs[x].when.country: must hold countries in two capital letters, such as US."),
    ('needs = [{ code = "x", fact = "exam", when = { fact_from = { hours = 10 }, fact_through = { hours = 9 } } }]', "needs[x].when: nobody fits it."),
    ('needs = [{ code = "x", fact = "exam", when = { age_from = 70, not = { age_from = 60 } } }]', "needs[x].when: nobody fits it."),
    ('dues = [{ code = "x", amount = "1.00", fixed_days = ["01-01", "01-01"] }]', "dues[x].fixed_days: must name at least one day, and none of them twice."),
    ('dues = [{ code = "x", amount = "1.00", fixed_days = [] }]', "dues[x].fixed_days: must name at least one day, and none of them twice."),
    ('needs = [{ code = "x", fact = "height" }]', "needs[x].fact: there is no fact height; declare it under [[facts]]."),
    ('needs = [{ code = "x", fact = "exam", at_least = 1 }]', "needs[x].at_least: is for facts of the kind number, and needed there."),
    ('needs = [{ code = "x", fact = "hours" }]', "needs[x].at_least: is for facts of the kind number, and needed there."),
    ('needs = [{ code = "x", fact = "exam", from = "S", through = "E" }]', "needs[x].from: is for facts of the kind date, and needed there."),
    ('needs = [{ code = "x", fact = "passed_on" }]', "needs[x].from: is for facts of the kind date, and needed there."),
    ('needs = [{ code = "x", fact = "passed_on", from = "S" }]', f"needs[x].through: {EITHER % ('through', 'before')}"),
    ('needs = [{ code = "x", fact = "passed_on", after = "S" }]', f"needs[x].through: {EITHER % ('through', 'before')}"),
    ('needs = [{ code = "x", fact = "passed_on", through = "R" }]', f"needs[x].from: {EITHER % ('from', 'after')}"),
    ('needs = [{ code = "x", fact = "passed_on", before = "R" }]', f"needs[x].from: {EITHER % ('from', 'after')}"),
    ('needs = [{ code = "x", fact = "passed_on", from = "C", through = "E" }]', "needs[x].from: must be a day such as \"S\", \"E - 6 months\" or \"R - 5 years\", not 'C'."),
    ('cards = [{ code = "x", from = "D", through = "E" }]', "cards[x].from: must be a day such as \"R - 7 days\", not 'D'."),
    ('cards = [{ code = "x", from = "S" }]', f"cards[x].through: {EITHER % ('through', 'before')}"),
    ('cards = [{ code = "x", after = "S" }]', f"cards[x].through: {EITHER % ('through', 'before')}"),
    ("carry_over = { from = \"S\" }", f"carry_over.through: {EITHER % ('through', 'before')}"),
    ("carry_over = { after = \"S\" }", f"carry_over.through: {EITHER % ('through', 'before')}"),
    ('needs = [{ code = "x", fact = "exam", level = 1 }]', "needs[x].level: is not a key of this table. Did you mean label?"),
    ('paths = [{ code = "x", tiers = ["tardy"] }]', "paths[x].tiers: tardy is not known; there is: on_time."),
    ('paths = [{ code = "x", in_place_of = ["gift"] }]', "paths[x].adds: gift is not known; there is: renewal."),
    ('paths = [{ code = "x", price = 1 }]', "paths[x].price: is not a key of this table."),
    ('paths = [{ code = "x", when = { tier = ["on_time"] } }]', "paths[x].when.tier: cannot be asked here: it is not known yet."),
    ('cards = [{ code = "x", category = "art" }]', "cards[x].category: there is no category art."),
    ('cards = [{ code = "x", ends = 1 }]', "cards[x].ends: is not a key of this table."),
    ('carry_over = { after = "R", through = "E" }', "carry_over.after: must be a day such as \"S\", \"E - 6 months\" or \"E + 90 days\", not 'R'."),
    ('carry_over = { grace = "gone" }', "carry_over.grace: must be one of kept, lost, not 'gone'."),
    ("carry_over = { least = 1 }", "carry_over.least: is not a key of this table."),
    ('dues = [{ code = "x", amount = "1.00", first = "R" }]', "dues[x].first: must be a day such as \"S\", \"E - 6 months\" or \"E + 90 days\", not 'R'."),
    ('dues = [{ code = "x", amount = "1.00", first = "E", every = "week" }]', "dues[x].every: must be such as \"2 years\" or \"18 months\", not 'week'."),
    ('dues = [{ code = "x", amount = "1.00", first = "E", tax = 1 }]', "dues[x].tax: is not a key of this table."),
    ('several = { credits = "mixed" }', "several.credits: must be one of shared, separate, not 'mixed'."),
    ('several = { ranks = ["made"], highest_renews_lower = true }', "several.ranks: is needed: the credentials from the lowest to the highest."),
    ("several = { most = 1 }", "several.most: is not a key of this table."),
    ('audit = { drawn = "never" }', "audit.drawn: must be one of submission, approval, cycle_end, not 'never'."),
    ('audit = { failing = "fined" }', "audit.failing: must be one of denied, expired, suspended, returned, not 'fined'."),
    ("audit = { most = 1 }", "audit.most: is not a key of this table."),
    ('acts = [{ code = "x", from = "C", through = "E" }]', "acts[x].from: must be a day such as \"D - 7 days\", not 'C'."),
    ('acts = [{ code = "x", from = "S", through = "E", most = 1 }]', "acts[x].most: is not a key of this table. Did you mean at_most?"),
    ('conversions = [{ code = "x", worth = "0" }]', "conversions[x].worth: must be a number in quotes such as \"15\", with at most 4 decimals, not '0'."),
    ('conversions = [{ code = "x", worth = "0.00001" }]', "conversions[x].worth: must be a number in quotes such as \"15\", with at most 4 decimals, not '0.00001'."),
    ('conversions = [{ code = "x", worth = "15", categories = ["art"] }]', "conversions[x].categories: there is no category art."),
    ('conversions = [{ code = "x", worth = "15", rounds = "off" }]', "conversions[x].rounds: must be one of down, up, nearest, not 'off'."),
    ('conversions = [{ code = "x", worth = "15", most = 1 }]', "conversions[x].most: is not a key of this table."),
    ('receipt = { by = "fax" }', "receipt.by: must be one of arrival, postmark, not 'fax'."),
    ("receipt = { most = 1 }", "receipt.most: is not a key of this table."),
    ("reporting = { days = 30, most = 1 }", "reporting.most: is not a key of this table."),
    ('repeats = { count = "twice" }', "repeats.count: must be one of once, never, always, not 'twice'."),
    ('repeats = { count = "once", most = 1 }', "repeats.most: is not a key of this table."),
    ('tiers = [{ code = "on_time", next_from = "S" }]', "tiers[on_time].next_from: must be one of E, receipt, approval, not 'S'."),
    ('tiers = [{ code = "on_time", when = { tier = ["on_time"] } }]', "tiers[on_time].when.tier: cannot be asked here: it is not known yet."),
]  # fmt: skip
WHENS = [
    ("{}", "must not be empty."),
    ("{ height = 3 }", "height: is not a key of this table."),
    ("{ country = [] }", "country: must not be empty."),
    ('{ path = ["exam"] }', "path: exam is not known; there is: ."),
    ('{ unmet = ["law", "total"] }', "unmet: law is not known; there is: total."),
    ("{ renewal_from = 3, renewal_through = 2 }", "renewal_from: is after renewal_through: nobody fits."),
    ("{ received_from = 2026-01-02, received_through = 2026-01-01 }", "received_from: is after received_through: nobody fits."),
    ("{ not = {} }", "not: must not be empty."),
    ("{ any = [{ height = 3 }] }", "any[1].height: is not a key of this table."),
    ("{ fact = { height = 3 } }", "fact.height: there is no fact of this code; there is: exam, hours, passed_on, region."),
    ('{ fact = { exam = "yes" } }', "fact.exam: must be a value of a fact of the kind yes_no, not 'yes'."),
    ('{ fact = { region = "east" } }', "fact.region: east is none of north, south."),
    ('{ fact = { region = ["north", "west"] } }', "fact.region: west is none of north, south."),
    ("{ fact = { region = [] } }", "fact.region: must not be empty."),
    ("{ fact_from = { exam = true } }", "fact_from.exam: has no order; only numbers and dates have."),
    ('{ fact_through = { hours = "7" } }', "fact_through.hours: must be a value of a fact of the kind number, not '7'."),
]  # fmt: skip


@pytest.mark.parametrize(("version", "problem"), READ)
def test_an_unreadable_section_is_refused_with_one_problem_that_names_its_key(version, problem):
    assert problems_of(version, FACTS) == [problem]


@pytest.mark.parametrize(("when", "problem"), WHENS)
def test_an_unreadable_condition_is_refused_with_one_problem_that_names_its_key(when, problem):
    place = "audit.when" if problem == "must not be empty." else "audit.when."
    joined = f"{place}: {problem}" if problem == "must not be empty." else f"{place}{problem}"
    assert problems_of(f"audit = {{ when = {when} }}", FACTS) == [joined]


@pytest.mark.parametrize("key", ["all_from", "unmet"])
def test_a_condition_of_a_limit_or_path_cannot_use_values_that_are_computed_later(key):
    codes = '["total"]'
    later = "cannot be asked here: it is not known yet."
    assert problems_of(
        f'limits = [{{ code = "x", maximum = {{ value = "30" }}, when = {{ {key} = {codes} }} }}]'
    ) == [f"limits[x].when.{key}: {later}"]
    assert problems_of(f'paths = [{{ code = "x", when = {{ {key} = {codes} }} }}]') == [
        f"paths[x].when.{key}: {later}"
    ]


@pytest.mark.parametrize("path", ["when = { member = true }", "lifetime = true", "uses_at_most = 1"])
def test_paths_that_leave_somebody_without_one_are_refused(path):
    assert problems_of(f'paths = [{{ code = "x", {path} }}]') == [
        "paths: one that is not for life must be open to everybody, without when or uses_at_most."
    ]
    assert made(f'paths = [{{ code = "x", {path} }}, {{ code = "y" }}]').wide


def test_a_condition_from_and_through_the_same_number_is_accepted():
    assert unchecked("audit = { when = { renewal_from = 2, renewal_through = 2 } }").wide


def test_a_first_cycle_that_ends_with_a_month_may_have_minimum_and_maximum_less_than_a_year_apart():
    cycle = 'cycle = { ends = "month_end", first = { at_least = "6 months", at_most = "7 months" } }'
    assert unchecked(cycle).versions[0].families.ends.first_most_months == 7
    assert problems_of(cycle.replace("month_end", "birth_month")) == [
        "cycle.first: at_most leaves no day that is far enough away: who is certified on 2023-01-01 "
        "would have a first cycle through 2023-02-28, less than at_least."
    ]


def test_a_condition_can_name_the_requirement_of_a_single_year():
    limits = 'limits = [{ code = "law", per = "year", minimum = { value = "2" } }]\n'
    assert unchecked(limits + 'audit = { when = { unmet = ["law_1"] } }').wide


def test_a_fact_of_an_unknown_kind_is_refused_once_even_if_a_condition_asks_for_it():
    head = 'facts = [{ code = "a", kind = "yesno" }]\n'
    found = problems_of("audit = { when = { fact = { a = true } } }", head)
    assert found == ["facts[a].kind: must be one of yes_no, number, date, choice, not 'yesno'."]


def test_facts_with_a_wrong_kind_or_choices_are_refused_with_their_key():
    head = 'facts = [{ code = "a", kind = "colour" }, { code = "b", kind = "choice" }, { code = "c", kind = "date", choices = ["x"] }, { code = "d", kind = "date", unit = 1 }]\n'
    with pytest.raises(PolicyError) as caught:
        made("", head)
    assert list(map(without_keys, caught.value.problems)) == [
        "facts[a].kind: must be one of yes_no, number, date, choice, not 'colour'.",
        "facts[b].choices: are for the kind choice, and needed there.",
        "facts[c].choices: are for the kind choice, and needed there.",
        "facts[d].unit: is not a key of this table.",
    ]


FEES = [
    ('percent = "0"', "fees[renewal].percent: must be a number in quotes such as \"8.25\", more than 0."),
    ('percent = "8.2555"', "fees[renewal].percent: must be a number in quotes such as \"8.25\", more than 0."),
    ('amount = "1.00", per = "page"', "fees[renewal].per: must be one of application, credential, further_credential, petition, correction, record, late_day, late_month, late_calendar_month, late_year, not 'page'."),
    ('amount = "1.00", of = ["gift"]', "fees[renewal].of: gift is not known; there is: renewal."),
    ('amount = "1.00", instead = [{ amount = "2.00" }]', "fees[renewal].instead[1].when: is missing: this would always hold."),
    ('amount = "1.00", instead = [{ when = { member = true }, amount = "2.00", more = 1 }]', "fees[renewal].instead[1].more: is not a key of this table."),
]  # fmt: skip


@pytest.mark.parametrize(("fee", "problem"), FEES)
def test_a_fee_with_wrong_terms_is_refused_with_one_problem_that_names_its_key(fee, problem):
    plain = PLAIN.replace('amount = "100.00"', fee)
    assert problems_of("", plain=plain) == [problem]


def test_a_special_total_without_a_condition_is_refused():
    plain = PLAIN.replace('value = "20"', 'value = "20", instead = [{ value = "30", most = 1 }]')
    assert problems_of("", plain=plain) == [
        "total.instead[1].when: is missing: this would always hold.",
        "total.instead[1].most: is not a key of this table.",
    ]


def test_policy_files_can_be_based_on_each_other_at_most_five_levels_deep(tmp_path: Path):
    (tmp_path / "made0.toml").write_text(
        f"{HEAD}\n[[versions]]\n{PLAIN}".replace('"made"', '"made0"'), "utf-8"
    )
    for number in range(1, 8):
        text = f'format = 1\nbased_on = "made{number - 1}"\ncode = "made{number}"\n[[versions]]\nin_force_from = 2000-01-01\n'
        (tmp_path / f"made{number}.toml").write_text(text, "utf-8")
    assert load_policy_file(tmp_path / "made5.toml").code == "made5"
    with pytest.raises(PolicyError, match="there is no file 'ordinary' to build on"):
        load_policy_file(tmp_path / "made6.toml")


NEEDED = (
    'categories = [{ code = "education" }, { code = "ethics", minimum = { value = "1" } }]\n'
    'limits = [{ code = "least", minimum = { value = "2" } }, { code = "most", maximum = { value = "30" } }, { code = "each", per = "item", minimum = { value = "1" } }]\n'
    'cards = [{ code = "cpr" }, { code = "aed", needed = false, worth = "1" }]\nneeds = [{ code = "passed", fact = "exam" }]\n'
    'dues = [{ code = "yearly", amount = "1.00", first = "E" }, { code = "fund", amount = "1.00", first = "E", blocks = false }]\n'
)


def test_a_condition_on_unmet_requirements_accepts_only_codes_of_requirements():
    codes = ("ethics", "least", "cpr", "passed", "yearly", "total")
    assert unchecked(NEEDED + f"audit = {{ when = {{ unmet = {list(codes)} }} }}", FACTS).wide
    there = "there is: cpr, ethics, least, passed, total, yearly."
    for code in ("education", "most", "each", "aed", "fund"):
        asked = NEEDED + f'audit = {{ when = {{ unmet = ["{code}"] }} }}'
        assert problems_of(asked, FACTS) == [f"audit.when.unmet: {code} is not known; {there}"]
