"""A policy file whose texts say other numbers than its values is refused at the text, and no other."""

import pytest

from rules.policy.check import check_policy
from tests.rules.making import PLAIN, problems_in, unchecked

FACTS = 'facts = [{ code = "h", kind = "number" }, { code = "on", kind = "date" }]\n'
LATE = '{ code = "late", amount = "30.00"%s }'


def fee(more: str) -> str:
    """The version's own lines, with more keys of the renewal fee of $100."""
    return PLAIN.replace('"100.00" }', f'"100.00", {more} }}')


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ('cycle = { text = "You renew every three years." }', "cycle.text: the text says 3, and the value is 2 years."),
        ('cycle = { text = "You renew every year." }', "cycle.text: the text says 1, and the value is 2 years."),
        ('cycle = { text = "You renew every 18 months." }', "cycle.text: the text says 18, and the value is 2 years."),
        ('cycle = { text = "Every 18 months, or half a year." }', "cycle.text: the text says 0.5, 18, and the value is 2 years."),
        ('cycle = { label = "Three years" }', "cycle.label: the text says 3, and the value is 2 years."),
        ('tiers = [{ code = "on_time", text = "From two weeks before." }]', "tiers[on_time].text: the text says 2, and the value is from 180 days before the expiration date, through the expiration date."),
        ('tiers = [{ code = "on_time", text = "It costs $99." }]', "tiers[on_time].text: the text says 99, and the value is $100."),
        ('tiers = [{ code = "on_time", explain = "It costs $120." }]', "tiers[on_time].explain: the text says 120, and the value is $100."),
        ('values = { audit_rate = { value = "0.1", text = "One in five is drawn." } }', "values.audit_rate.text: the text says 20, and the value is 10 in 100."),
        ('values = { audit_rate = { value = "0.1", text = "20 percent are drawn." } }', "values.audit_rate.text: the text says 20, and the value is 10 in 100."),
        ('values = { evidence_cycles = { value = 3, text = "Two cycles." } }', "values.evidence_cycles.text: the text says 2, and the value is 3 cycles."),
        ('values = { free_name_changes = { value = 3, text = "Twice." } }', "values.free_name_changes.text: the text says 2, and the value is 3 times."),
        ('needs = [{ code = "x", fact = "h", at_least = 5, text = "You need six months." }]', "needs[x].text: the text says 6, and the value is 5."),
        ('limits = [{ code = "x", minimum = { value = "2", text = "3 of the 20 credits." } }]', "limits[x].minimum.text: the text says 3, 20, and the value is 2 credits."),
        ('limits = [{ code = "x", minimum = { percent = "50", text = "40 percent." } }]', "limits[x].minimum.text: the text says 40, and the value is 50 % of what the cycle needs."),
        ('categories = [{ code = "education", maximum = { value = "30", text = "At most forty approved credits." } }]', "categories[education].maximum.text: the text says 40, and the value is 30 credits."),
        # each kind of number of a value by itself
        ('tiers = [{ code = "late", after = "E + 0 days", through = "E + 3 months", text = "From day 1 through 90 days, at most 2 months." }]', "tiers[late].text: the text says 2, and the value is after the expiration date, through 3 months after the expiration date."),
    ],
)  # fmt: skip
def test_a_text_that_says_another_number_than_its_value_is_refused(version, problem):
    assert problems_in(version, FACTS) == [problem]


@pytest.mark.parametrize(
    ("plain", "problem"),
    [
        (fee('explain = "It is $90."'), "fees[renewal].explain: the text says 90, and the value is $100."),
        (fee('text = "It is $90 or €80."'), "fees[renewal].text: the text says 80, 90, and the value is $100."),
        (fee('instead = [{ when = { member = true }, amount = "80.00", text = "Members pay $70." }]'), "fees[renewal].instead: the text says 70, and the value is $80."),
        (PLAIN.replace('"20"', '"20", text = "You need twenty-five credits."'), "total.text: the text says 25, and the value is 20 credits."),
    ],
)  # fmt: skip
def test_a_text_about_money_or_the_total_that_says_another_number_is_refused(plain, problem):
    assert problems_in("", plain=plain) == [problem]


@pytest.mark.parametrize(
    "version",
    [
        'cycle = { text = "You renew every 24 months." }',
        'cycle = { text = "You renew every other year." }',
        'cycle = { text = "You renew in each cycle." }',
        # how far an end of a window of the version is from its day
        'cycle = { text = "You may renew in its last 6 months." }\ntiers = [{ code = "on_time", from = "E - 6 months" }]',
        'cycle = { text = "A card of the last 3 months." }\ncards = [{ code = "x", from = "R - 3 months", through = "R" }]',
        'cycle = { text = "An exam of the last 3 months." }\nneeds = [{ code = "x", fact = "on", from = "R - 3 months", through = "R" }]',
        'cycle = { text = "A course of the first 3 months." }\nlimits = [{ code = "x", minimum = { value = "1" }, from = "S", through = "S + 3 months" }]',
        'cycle = { text = "A course of the first 3 months." }\nweights = [{ code = "x", times = "2", from = "S", through = "S + 3 months" }]',
        'cycle = { text = "Within 3 months." }\nacts = [{ code = "x", from = "E - 3 months", through = "E" }]',
        'values = { mail_copy_years = { value = 3, text = "Longer than 24 months." } }',
        # how much more
        'values = { evidence_cycles = { value = 3, text = "And for one cycle more." } }',
        # what another key of the row says
        'acts = [{ code = "x", from = "E - 9 days", through = "E", answer_days = 14, text = "You get an answer within 14 days." }]',
        'dues = [{ code = "x", amount = "5.00", late_amount = "2.00", first = "E", text = "$2 more when it is late." }]',
        # other kinds of numbers: an age, a clause, a date, a day
        'tiers = [{ code = "on_time", text = "By section 3, on 31 January 2027, for those of 65 years." }]',
        'tiers = [{ code = "on_time", text = "On day 5, the 4th day, and in 30 countries." }]',
        'values = { audit_rate = { value = "0.1", text = "One in ten is drawn." } }',
        'tiers = [{ code = "on_time", explain = "It costs $100." }]',
        'needs = [{ code = "x", fact = "h", at_least = 5, text = "Five months, within 2 years." }]',
    ],
)  # fmt: skip
def test_a_text_that_says_its_value_or_a_number_of_something_else_is_accepted(version):
    assert problems_in(version, FACTS) == []


@pytest.mark.parametrize(
    ("plain", "tier"),
    [
        (fee('text = "Members pay $80.", instead = [{ when = { member = true }, amount = "80.00" }]'), ""),
        (fee('explain = "It is $80 or {amount}.", instead = [{ when = { member = true }, amount = "80.00" }]'), ""),
        (fee('explain = "At most $150.", per = "credential", at_most = "150.00"'), ""),
        (fee('instead = [{ when = { member = true }, amount = "80.00" }]'), 'explain = "It costs $70."'),
        (fee('instead = [{ when = { member = true }, amount = "80.00", text = "Members pay {value}." }]'), ""),
    ],
)  # fmt: skip
def test_a_text_about_money_may_say_any_amount_that_the_fee_may_have(plain, tier):
    assert problems_in(f'tiers = [{{ code = "on_time"{tier and ", "}{tier} }}]', plain=plain) == []


@pytest.mark.parametrize(
    ("says", "problems"),
    [("$30", 0), ("$100", 0), ("$130", 0), ("$165", 0), ("$65", 1), ("$135", 1)],
)
def test_a_tier_may_name_the_amounts_of_its_fees_and_what_the_first_of_them_are_together(says, problems):
    rows = f'{LATE % ""}, {{ code = "more", amount = "35.00" }}'
    tier = (
        f'tiers = [{{ code = "on_time", adds = ["renewal", "late", "more"], explain = "It costs {says}." }}]'
    )
    wrong = f"tiers[on_time].explain: the text says {says[1:]}, and the value is $100, $30, $35, $130, $165."
    found = problems_in(tier, plain=PLAIN.replace("}]", f"}}, {rows}]"))
    assert found == [wrong][:problems]


def test_a_share_of_fees_has_no_amount_that_its_sentence_could_miss():
    rows = '{ code = "tax", percent = "10", explain = "It is $9." }'
    tier = 'tiers = [{ code = "on_time", adds = ["renewal", "tax"], explain = "It costs $109." }]'
    assert problems_in(tier, plain=PLAIN.replace("}]", f"}}, {rows}]")) == []


def test_the_numbers_of_texts_can_be_left_out_of_a_check():
    policy = unchecked('cycle = { text = "Every 3 years." }')
    assert check_policy(policy, texts=False) == []
    assert len(check_policy(policy)) == 1
