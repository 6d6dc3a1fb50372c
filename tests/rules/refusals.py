"""Policy files that must be refused: each is a change of the sample policy, with the problem that
must be reported.
"""

V = "versions[2000-01-01]"

WINDOWS = [
    (
        'after = "E"\nthrough = "E + 90 days"',
        'after = "E + 1 day"\nthrough = "E + 90 days"',
        f"{V}.tiers[late] gap: no window has the days from 2023-01-02 to 2023-01-02, between on_time and late "
        "(when the cycle ends on E = 2023-01-01).",
    ),
    (
        'after = "E"\nthrough = "E + 90 days"',
        'after = "E"\nthrough = "E + 3 months"',
        f"{V}.tiers[additional] gap: no window has the days from 2023-05-01 to 2023-05-01, between late and additional "
        "(when the cycle ends on E = 2023-01-31).",
    ),
    (
        'after = "E + 90 days"\nbefore',
        'after = "E + 3 months"\nbefore',
        f"{V}.tiers[additional] overlap: late and additional both have the days from 2023-05-01 to 2023-05-01 "
        "(when the cycle ends on E = 2023-01-31).",
    ),
    (
        'before = "E + 1 year"',
        'before = "E + 91 days"',
        f"{V}.tiers[additional]: no day is in it: it would begin on 2023-04-02 and end on 2023-04-01 "
        "(when the cycle ends on E = 2023-01-01).",
    ),
    (
        'from = "E - 180 days"\nthrough = "E"',
        'from = "E - 180 days"\nthrough = "S"',
        f"{V}.tiers[on_time]: no day is in it: it would begin on 2022-07-05 and end on 2021-01-02 "
        "(when the cycle ends on E = 2023-01-01).",
    ),
    (
        'from = "S"\nthrough = "E + 90 days"',
        'from = "E"\nthrough = "S"',
        f"{V}.earning: no day is in it: it would begin on 2023-01-01 and end on 2021-01-02 "
        "(when the cycle ends on E = 2023-01-01).",
    ),
]

AMOUNTS = [
    (
        'before = "E + 1 year"',
        'before = "E + 9000 years"',
        f"{V}.tiers[additional].before: leads out of the calendar: 'E + 9000 years'.",
    ),
    (
        '[versions.categories.maximum]\nvalue = "0.1"',
        '[versions.categories.maximum]\nvalue = "0.09"',
        f"{V}.categories[cpr_aed].minimum: 0.1 CEUs is more than the maximum, 0.09 CEUs.",
    ),
    (
        '[versions.total]\nvalue = "2.0"',
        '[versions.total]\nvalue = "0.09"',
        f"{V}.total: 0.09 CEUs is less than the minima of the categories together, 0.1 CEUs.",
    ),
    (
        '[[versions.categories]]\ncode = "education"\nlabel = "Education"',
        '[[versions.categories]]\ncode = "education"\nlabel = "Education"\n'
        'maximum = { value = "1.89", clause = "S2", text = "Little." }',
        f"{V}.total: 2.0 CEUs can never be met; the categories count 1.99 CEUs at most.",
    ),
    (
        '[versions.total]\nvalue = "2.0"',
        "[versions.total]\nvalue = 2.0",
        f"{V}.total.value: must be an amount in quotes, such as '0.01', not 2.0.",
    ),
    (
        '[versions.total]\nvalue = "2.0"',
        '[versions.total]\nvalue = "2.005"',
        f"{V}.total.value: must be more than 0 and a multiple of 0.01, not '2.005'.",
    ),
    (
        '[versions.total]\nvalue = "2.0"',
        '[versions.total]\nvalue = "0.0"',
        f"{V}.total.value: must be more than 0 and a multiple of 0.01, not '0.0'; for nothing write none = true.",
    ),
    (
        'step = "0.01"',
        'step = "0.3"',
        f"{V}.total.value: must be more than 0 and a multiple of 0.3, not '2.0'.",
    ),
    ('plural = "trainers"', 'plural = ""', "holder.plural: must not be empty."),
    ('step = "0.01"', 'step = "0"', "unit.step: must be more than 0 with at most 2 decimals, not '0'."),
    (
        'step = "0.01"',
        'step = "0.001"',
        "unit.step: must be more than 0 with at most 2 decimals, not '0.001'.",
    ),
    ("digits = 2\n", "digits = 5\n", "unit.digits: must be at least shown_digits and at most 4."),
    ("shown_digits = 1", "shown_digits = 3", "unit.digits: must be at least shown_digits and at most 4."),
    (
        'contact_hours = "10"',
        'contact_hours = "ten"',
        "unit.contact_hours: must be a number in quotes such as \"10\", not 'ten'.",
    ),
    (
        'amount = "30.00"',
        "amount = 30.00",
        f'{V}.fees[late].amount: must be an amount of money in quotes, such as "99.00", not 30.0.',
    ),
    (
        'amount = "30.00"',
        'amount = "-30.00"',
        f"{V}.fees[late].amount: must be an amount of money such as \"99.00\", not '-30.00'.",
    ),
    (
        'value = "0.10"',
        'value = "1.10"',
        f'{V}.values.audit_rate.value: must be from "0" to "1", such as "0.10", not \'1.10\'.',
    ),
    ('value = "0.10"', "value = 0.10", f"{V}.values.audit_rate.value: must be a text in quotes, not 0.1."),
]

NAMES = [
    ("[versions.cycle]\n", "[versions.cycle]\nlenght = 1\n", f"{V}.cycle.lenght: is not a key of this table. Did you mean length?"),
    ("[versions.cycle]\n", "[versions.cycle]\nq = 1\n", f"{V}.cycle.q: is not a key of this table."),
    ("format = 1\n", "format = 1\nextra = 2\n", "extra: is not a key of this table."),
    ("format = 1\n", "format = 2\n", "format: must be 1."),
    ("format = 1\n", "", "format: is missing; it must be a whole number."),
    ('title = "Certified Personal Trainer"\n', "", "title: is missing; it must be a text in quotes."),
    ('title = "Certified Personal Trainer"\n', 'title = " "\n', "title: must not be empty."),
    ('code = "nasm-cpt"', 'code = "NASM CPT"', "code: must be lower-case letters, digits and hyphens, not 'NASM CPT'."),
    ('code = "nasm-cpt"', f'code = "{58 * "N"}"', f"code: must be lower-case letters, digits and hyphens, not '{58 * 'N'}'."),
    ('code = "nasm-cpt"', f'code = "{59 * "N"}"', f"code: must be lower-case letters, digits and hyphens, not '{56 * 'N'}...."),
    ('time_zone = "America/Phoenix"', 'time_zone = "Phoenix"', "time_zone: must be a time zone such as America/Phoenix, not 'Phoenix'."),
    ('time_zone = "America/Phoenix"', 'time_zone = "../x"', "time_zone: must be a time zone such as America/Phoenix, not '../x'."),
    ('currency = "USD"', 'currency = "$"', "currency: must be three capital letters such as USD, not '$'."),
    ("in_force_from = 2000-01-01", 'in_force_from = "2000-01-01"', f"{V}.in_force_from: must be a date such as 2027-01-01, without quotes, not '2000-01-01'."),
    ("in_force_from = 2000-01-01", "in_force_from = 2000-01-01T00:00:00", "versions[2000-01-01 00:00:00].in_force_from: must be a date such as 2027-01-01, without quotes, not 2000-01-01T00:00:00."),
    ('length = "2 years"', 'length = "2 year of days"', f"{V}.cycle.length: must be such as \"2 years\" or \"18 months\", not '2 year of days'."),
    ('code = "cpr_aed"', 'code = "CPR/AED"', f"{V}.categories[CPR/AED].code: must be lower-case letters, digits and underscores, not 'CPR/AED'."),
    ('code = "cpr_aed"', 'code = "education"', f"{V}.categories[education]: occurs twice."),
    ('code = "education"', 'code = "total"', f"{V}.categories[total].code: this word has its own meaning in answers."),
    ('code = "education"', 'code = "window"', f"{V}.categories[window].code: this word has its own meaning in answers."),
    ("must_be_current = true", 'must_be_current = "yes"', f"{V}.categories[cpr_aed].must_be_current: must be true or false, not 'yes'."),
    ('adds = ["late"]', 'adds = ["tardy"]', f"{V}.tiers[late].adds: there is no fee tardy; there is: renewal, late, additional."),
    ('adds = ["late"]', 'adds = ["renewal"]', f"{V}.tiers[late].adds: the fee renewal is there already, from the tier before; leave it out."),
    ('adds = ["late"]', 'adds = ["late"]\nin_place_of = ["additional"]', f"{V}.tiers[late].in_place_of: the tier before it has no fee additional."),
    ('adds = ["late"]', "adds = [1]", f"{V}.tiers[late].adds: must hold codes in quotes, not 1."),
    ('adds = ["late"]', 'adds = "late"', f"{V}.tiers[late].adds: must be a list of codes, not 'late'."),
    ('code = "closed"', 'code = "late"', f"{V}.tiers: the code late stands for more than one of not_yet, the tiers and no_longer."),
    ('last_day_name = "late_until"', 'last_day_name = "opens_on"', f"{V}.tiers: the last_day_name opens_on is taken."),
    ('adds = ["additional"]', 'adds = ["additional"]\nlast_day_name = "late_until"', f"{V}.tiers: the last_day_name late_until is taken."),
    ('after = "E"\n', 'after = "E"\nfrom = "E"\n', f"{V}.tiers[late].from: give either from (the day itself is inside) or after (it is not)."),
    ('after = "E"\n', "", f"{V}.tiers[late].from: give either from (the day itself is inside) or after (it is not)."),
    ('before = "E + 1 year"\n', "", f"{V}.tiers[additional].through: give either through (the day itself is inside) or before (it is not)."),
    ('before = "E + 1 year"', 'before = "E+1 year"', f'{V}.tiers[additional].before: must be a day such as "S", "E - 6 months" or "E + 90 days", not \'E+1 year\'.'),
    ('before = "E + 1 year"', "before = 365", f'{V}.tiers[additional].before: must be a day such as "E + 90 days", not 365.'),
    ('clause = "S6"\n', 'clause = "S66"\n', f"{V}.fees[late].clause: there is no clause or reading S66."),
    ('active = "Q1"', 'active = "Q99"', f"{V}.cites.active: there is no clause or reading Q99."),
    ('active = "Q1"\n', "", f"{V}.cites.active: is missing; it must be a text in quotes."),
    ('duplicate = "Q12"', 'duplicate = "Q12"\ncategory_cap = "Q11"', f"{V}.cites.category_cap: is not a key of this table."),
    ('code = "S14"', 'code = "S 14"', f"{V}.clauses[S 14].code: must be a short code such as S1, not 'S 14'."),
    ('code = "Q24"', 'code = "Q23"', f"{V}.readings[Q23]: occurs twice."),
    ("is {amount}.", "is {price}.", f"{V}.fees[renewal].explain: has no place {{price}}; there is: amount, day_before, expires_on, first_on, last_on."),
    ("is {amount}.", "is {amount!r}.", f"{V}.fees[renewal].explain: has no place {{amount}}; there is: amount, day_before, expires_on, first_on, last_on."),
    ("is {amount}.", "is {amount:>9}.", f"{V}.fees[renewal].explain: has no place {{amount}}; there is: amount, day_before, expires_on, first_on, last_on."),
    ("is {amount}.", "is {amount.", f"{V}.fees[renewal].explain: has a brace without its partner."),
    ("{petition_fee}. The", "{petition_price}. The", f"{V}.readings[Q6].text: has no place {{petition_price}}; there is: "),
    ("value = 14", "value = -1", f"{V}.values.petition_question_days.value: must be from 0 to 10000, not -1."),
    ("value = 14", "value = 10001", f"{V}.values.petition_question_days.value: must be from 0 to 10000, not 10001."),
    ("value = 14", "value = false", f"{V}.values.petition_question_days.value: must be a whole number, not false."),
    ("value = 14", "value = true", f"{V}.values.petition_question_days.value: must be a whole number, not true."),
    ("value = 14", "value = 14.0", f"{V}.values.petition_question_days.value: must be a whole number, not 14.0."),
    ("value = true", "value = 1", f"{V}.values.reported_answers_audit.value: must be true or false, not 1."),
    ('value = "quarter"', 'value = "decade"', f"{V}.values.draw_period.value: must be one of month, quarter, half_year, year, not 'decade'."),
    ('value = "review"', "value = 3", f"{V}.values.renewal_refundable_until.value: must be one of never, review, approval, not 3."),
    ("[versions.total]", "[versions.totals]", f"{V}.total: is missing; it must be a table."),
    ("[versions.total]", "[[versions.total]]", f"{V}.total: must be a table, not [{{'value': '2.0', 'label': 'CEUs in a cycle', 'clause': '..."),
    ("[versions.values.audit_days]", "[versions.values.audit_dayz]", f"{V}.values.audit_dayz: is not a key of this table. Did you mean audit_days?"),
]  # fmt: skip

# What is just possible, and must not be refused.
ALLOWED = [
    (
        '[versions.total]\nvalue = "2.0"\nlabel = "CEUs in a cycle"\nclause = "S2"\ntext = "You need 2.0',
        '[versions.total]\nvalue = "0.1"\nlabel = "CEUs in a cycle"\nclause = "S2"\ntext = "You need 0.1',
    ),
    (
        '[[versions.categories]]\ncode = "education"\nlabel = "Education"',
        '[[versions.categories]]\ncode = "education"\nlabel = "Education"\n'
        'maximum = { value = "1.9", clause = "S2", text = "Much." }',
    ),
    ('before = "E + 1 year"', 'before = "E + 92 days"'),
    ("digits = 2\n", "digits = 4\n"),
    ("value = 14", "value = 0"),
    ("value = 14", "value = 10000"),
    ('from = "S"\nthrough = "E + 90 days"', 'from = "E"\nthrough = "E"'),
]
