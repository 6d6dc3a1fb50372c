"""How the optional sections of a policy file are read, and the defaults of keys that they leave out."""

import pytest

from rules.days import Bounds, Offset
from rules.policy.amounts import Amount, Conversion, OtherTotal, Proration, RecordLimit, Repeats
from rules.policy.building_blocks import PLAIN_FEE, PLAIN_TIER, Condition, LimitedRecords, Rule
from rules.policy.families import (
    NO_FAMILIES,
    ActRule,
    AuditRules,
    Card,
    CarryOver,
    CycleEnds,
    Due,
    Families,
    Need,
    OwnFact,
    Receipt,
    SeveralCredentials,
)
from rules.policy.families import Path as Way
from tests.rules.making import PLAIN, unchecked

MEMBER = Condition((("member", True),))
LISTS = 'topics = ["law", "yoga"]\nformats = ["live"]\nproviders = ["own", "else"]\ncategories = [{ code = "education" }, { code = "teaching" }]\n'
FACTS = (
    'facts = [{ code = "exam", kind = "yes_no" }, { code = "hours", label = "Hours of work", kind = "number" },'
    ' { code = "passed_on", kind = "date" }, { code = "region", kind = "choice", choices = ["north", "south"] }]\n'
)


def page(text: str, in_source: bool = True) -> Rule:
    return Rule("page", text, in_source)


def through(anchor: str, count: int = 0, unit: str = "day", first: str = "S", inside: bool = True) -> Bounds:
    return Bounds(Offset(first), Offset(anchor, count, unit), True, inside)  # type: ignore[arg-type]


def test_a_file_without_optional_sections_has_their_defaults_and_plain_fees_and_tiers():
    policy = unchecked()
    version = policy.versions[0]
    assert (version.families, policy.wide, policy.own_facts) == (NO_FAMILIES, False, ())
    assert (version.fees[0].terms, version.tiers[0].terms) == (PLAIN_FEE, PLAIN_TIER)
    assert NO_FAMILIES.ends == CycleEnds("anniversary", "up", (), "any", None, 0, None, "E", None)
    assert Families() == NO_FAMILIES


def test_a_policy_with_one_own_fact_special_fee_special_tier_or_topic_needs_the_general_calculation():
    assert unchecked(head=FACTS).wide
    assert unchecked(plain=PLAIN.replace('"100.00"', '"100.00", per = "credential"')).wide
    assert unchecked('tiers = [{ code = "on_time", cheaper = true }]').wide
    assert unchecked('topics = ["law"]').wide


def test_facts_are_read_with_their_kind_and_label():
    assert unchecked(head=FACTS).own_facts == (
        OwnFact("exam", "Exam", "yes_no"),
        OwnFact("hours", "Hours of work", "number"),
        OwnFact("passed_on", "Passed on", "date"),
        OwnFact("region", "Region", "choice", ("north", "south")),
    )


def test_every_key_about_the_end_of_cycles_is_read():
    cycle = (
        'cycle = { ends = "fixed", fixed_days = ["12-31", "02-29", "06-30"], years = "even", rounds = "nearest", next_from = "approval",'
        ' first = { length = "18 months", at_least = "1 year", at_most = "24 months", prorated = "begun" } }\n'
    )
    days = ((2, 29), (6, 30), (12, 31))
    expected = CycleEnds("fixed", "nearest", days, "even", 18, 12, 24, "approval", Proration("begun"))
    assert unchecked(cycle).versions[0].families.ends == expected
    assert unchecked('cycle = { ends = "month_end", first = {} }').versions[0].families.ends == CycleEnds(
        "month_end"
    )
    assert unchecked('cycle = { first = { length = "30 months" } }').versions[0].families.ends == CycleEnds(
        first_months=30
    )


def test_special_totals_are_read_in_their_order():
    rows = '{ when = { member = true }, value = "30", each_year = "5" }, { when = { age_from = 70 }, none = true, text = "Nothing.", clause = "house" }'
    version = unchecked(plain=PLAIN.replace('value = "20"', f'value = "20", instead = [{rows}]')).versions[0]
    more = "Instead: 30 credits, and 5 credits for each year that began after expiration."
    assert version.families.totals == (
        OtherTotal(MEMBER, Amount(30_00, page(more), 5_00)),
        OtherTotal(Condition((("age_from", 70),)), Amount(0, Rule("house", "Nothing."))),
    )
    keys = [(one.key, one.value) for one in version.stated if one.key.startswith("total_")]
    assert keys == [
        ("total_1", "30 credits, and 5 credits for each year that began after expiration"),
        ("total_2", "none"),
    ]


def test_every_key_of_a_limit_is_read():
    version = unchecked(
        LISTS + "limits = [\n"
        '  { code = "law_talks", over = { categories = ["education"], topics = ["law"], providers = ["own"], formats = ["live"] },'
        '    minimum = { value = "3" }, maximum = { value = "9", text = "No more than {value}.", in_source = false }, per = "year", when = { member = true } },\n'
        '  { code = "talks", counts = "records", maximum = { value = 1 } },\n'
        '  { code = "far", label = "Far away", over = { outside = ["own"] }, minimum = { value = 2 }, counts = "records" },\n'
        '  { code = "each", per = "item", minimum = { value = "0.5" } },\n'
        '  { code = "part", minimum = { percent = "50", each_year = "1" } },\n'
        '  { code = "many", counts = "records", minimum = { value = 2, each_year = 1 } },\n'
        "]\n"
    ).versions[0]
    half = "Part, at least: 50 % of what the cycle needs, and 1 credit for each year that began after expiration."
    two = "Many, at least: 2 records, and 1 record for each year that began after expiration."
    assert version.families.limits == (
        RecordLimit(
            "law_talks",
            "Law talks",
            LimitedRecords(("education",), ("law",), ("own",), (), ("live",)),
            Amount(3_00, page("Law talks, at least: 3 credits.")),
            Amount(9_00, page("No more than 9 credits.", False)),
            "year",
            "amount",
            MEMBER,
        ),
        RecordLimit("talks", "Talks", LimitedRecords(), None, Amount(1, page("Talks, at most: 1 record.")), "cycle", "records"),
        RecordLimit("far", "Far away", LimitedRecords(outside=("own",)), Amount(2, page("Far away, at least: 2 records.")), None, "cycle", "records"),
        RecordLimit("each", "Each", LimitedRecords(), Amount(50, page("Each, at least: 0.5 credits.")), None, "item"),
        RecordLimit("part", "Part", LimitedRecords(), Amount(0, page(half), 1_00, 50_000), None),
        RecordLimit("many", "Many", LimitedRecords(), Amount(2, page(two), 1), None, "cycle", "records"),
    )  # fmt: skip
    keys = [one.key for one in version.stated if "imum_" in one.key]
    names = ("law_talks", "far", "each", "part", "many")
    assert [one for one in keys if one.startswith("min")] == [f"minimum_{one}" for one in names]
    assert [one for one in keys if one.startswith("max")] == ["maximum_law_talks", "maximum_talks"]


def test_each_kind_of_fact_has_its_own_keys_in_a_requirement_of_the_policy_file():
    version = unchecked(
        "needs = [\n"
        '  { code = "passed", fact = "exam" },\n'
        '  { code = "place", fact = "region", among = ["north"], label = "Where", when = { member = true } },\n'
        '  { code = "practice", fact = "hours", at_least = 0 },\n'
        '  { code = "recent", fact = "passed_on", from = "S", through = "R" },\n'
        "]\n",
        FACTS,
    ).versions[0]
    days = "Passed on: from the first day of the cycle, through the day of receipt."
    assert version.families.needs == (
        Need("passed", "Exam", "exam", page("Exam: yes.")),
        Need("place", "Where", "region", page("Where: yes."), ("north",), when=MEMBER),
        Need("practice", "Hours of work", "hours", page("Hours of work: 0."), at_least=0),
        Need("recent", "Passed on", "passed_on", page(days), within=through("R")),
    )
    assert [one.key for one in version.stated if one.key.startswith("need_")] == [
        "need_passed",
        "need_place",
        "need_practice",
        "need_recent",
    ]


def test_every_key_of_paths_cards_and_carry_over_is_read():
    families = (
        unchecked(
            LISTS
            + 'paths = [{ code = "credits" }, { code = "by_exam", label = "The exam", credits = false, cards = false,'
            ' adds = ["renewal"], in_place_of = ["renewal"], tiers = ["on_time"], lifetime = true, when = { member = true } }]\n'
            'cards = [{ code = "cpr" }, { code = "first_aid", label = "First aid", after = "S", before = "E", formats = ["live"],'
            ' served_by = ["acls"], needed = false, worth = "1.5", category = "teaching", when = { member = true } }]\n'
            'carry_over = { most = "5", over = { topics = ["law"] }, from = "S", through = "E - 1 month", grace = "lost" }\n'
        )
        .versions[0]
        .families
    )
    assert families.paths == (
        Way("credits", "Credits", page("Credits: one way to renew.")),
        Way("by_exam", "The exam", page("The exam: one way to renew."), False, False, ("renewal",), ("renewal",), ("on_time",), True, MEMBER),
    )  # fmt: skip
    span = Bounds(Offset("S"), Offset("E"), includes_first=False, includes_last=False)
    receipt = Bounds(Offset("R"), Offset("R"), includes_first=True, includes_last=True)
    said = "First aid: after the first day of the cycle, before the expiration date."
    assert families.cards == (
        Card("cpr", "Cpr", page("Cpr: from the day of receipt, through the day of receipt."), receipt),
        Card(
            "first_aid", "First aid", page(said), span, ("live",), ("acls",), False, 1_50, "teaching", MEMBER
        ),
    )
    earned = through("E", -1, "month")
    assert families.carry_over == CarryOver(
        page("Carried over: 5 credits."), 5_00, LimitedRecords(topics=("law",)), earned, False
    )


@pytest.mark.parametrize(
    ("carry_over", "expected"),
    [
        ("{}", CarryOver(page("Carried over: all."))),
        ("{ none = true }", CarryOver(page("Carried over: nothing."), 0)),
        ('{ label = "Later", grace = "kept" }', CarryOver(page("Later: all."))),
    ],
)
def test_carry_over_without_a_maximum_carries_everything_and_with_none_carries_nothing(carry_over, expected):
    assert unchecked(f"carry_over = {carry_over}").versions[0].families.carry_over == expected


def test_every_key_of_dues_several_credentials_and_audits_is_read():
    families = (
        unchecked(
            'dues = [{ code = "card_fee", amount = "4.05", first = "E" }, { code = "yearly", label = "Each year", amount = "30.00",'
            ' first = "S + 6 months", every = "1 year", grace_days = 10, blocks = false, with_renewal = true, when = { member = true } }]\n'
            'several = { credits = "separate", one_application = false, ranks = ["low", "made"], highest_renews_lower = true }\n'
            'audit = { drawn = "cycle_end", failing = "suspended", when = { member = true }, always = { short = true }, not_within = "5 years" }\n'
        )
        .versions[0]
        .families
    )
    assert families.dues == (
        Due("card_fee", "Card fee", page("Card fee: $4.05."), 4_05, Offset("E")),
        Due(
            "yearly",
            "Each year",
            page("Each year: $30."),
            30_00,
            Offset("S", 6, "month"),
            12,
            10,
            False,
            True,
            MEMBER,
        ),
    )
    assert families.several == SeveralCredentials(
        page("Several: separate."), False, False, ("low", "made"), True
    )
    short = Condition((("short", True),))
    assert families.audit == AuditRules(
        page("Audit: cycle end."), "cycle_end", "suspended", MEMBER, short, 60
    )


def test_every_key_of_acts_conversions_receipt_and_repeats_is_read():
    families = (
        unchecked(
            LISTS
            + 'acts = [{ code = "plea", from = "S", through = "E" }, { code = "look_again", label = "Another look", from = "S", before = "D + 2 months",'
            ' at_most = 0, answer_days = 0, without = { topics = ["law"] }, when = { member = true } }]\n'
            'conversions = [{ code = "semester_hour", worth = "15" }, { code = "day", label = "A day", worth = "0.5", categories = ["teaching"], rounds = "up" }]\n'
            'receipt = { by = "postmark", arrives_within_days = 0 }\nreporting = { days = 0 }\nrepeats = { count = "never" }\n'
        )
        .versions[0]
        .families
    )
    plea = "Plea: from the first day of the cycle, through the expiration date."
    look = "Another look: from the first day of the cycle, before 2 months after the day of what it is about."
    assert families.acts == (
        ActRule("plea", "Plea", page(plea), through("E")),
        ActRule(
            "look_again",
            "Another look",
            page(look),
            through("D", 2, "month", inside=False),
            0,
            0,
            LimitedRecords(topics=("law",)),
            MEMBER,
        ),
    )
    assert families.conversions == (
        Conversion("semester_hour", "Semester hour", page("Semester hour: 15 credits."), 15_0000),
        Conversion("day", "A day", page("A day: 0.5 credits."), 5000, ("teaching",), "up"),
    )
    assert families.receipt == Receipt(
        True, 0, page("Receipt: the postmark."), Offset("D"), page("Reporting: 0 days.")
    )
    assert families.repeats == Repeats("never", page("Repeats: never."))
    assert (families.topics, families.formats, families.providers) == (
        ("law", "yoga"),
        ("live",),
        ("own", "else"),
    )


@pytest.mark.parametrize(
    ("version", "key", "expected"),
    [
        ("several = {}", "several", SeveralCredentials(page("Several: shared."))),
        ("audit = {}", "audit", AuditRules(page("Audit: submission."))),
        ("receipt = {}", "receipt", Receipt(rule=page("Receipt: its arrival."))),
        (
            "reporting = { days = 30 }",
            "receipt",
            Receipt(report_last=Offset("D", 30), report_rule=page("Reporting: 30 days.")),
        ),
        ('repeats = { count = "once", label = "Twice" }', "repeats", Repeats("once", page("Twice: once."))),
    ],
)
def test_keys_that_a_table_leaves_out_have_their_defaults(version, key, expected):
    assert getattr(unchecked(version).versions[0].families, key) == expected
