"""How a policy file is read: conditions, the terms of fees and tiers, and the figures of its rows."""

from datetime import date

from rules.policy.building_blocks import Condition, FactTest, FeeTerms, OtherAmount, Rule, TierTerms
from tests.rules.making import unchecked

MEMBER = Condition((("member", True),))
FACTS = (
    'facts = [{ code = "exam", kind = "yes_no" }, { code = "hours", label = "Hours of work", kind = "number" },'
    ' { code = "passed_on", kind = "date" }, { code = "region", kind = "choice", choices = ["north", "south"] }]\n'
)


def test_every_term_of_fees_and_tiers_is_read():
    fees = (
        'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00", text = "It costs {value}.", clause = "house",'
        ' instead = [{ when = { member = true }, amount = "80.00" }, { when = { age_from = 65 }, amount = "60.00", clause = "page", text = "For the old." }] },'
        ' { code = "tax", percent = "8.255", of = ["renewal"], when = { country = ["US"] } }, { code = "gift", amount = "5.00", takes_off = true, per = "petition" }]\n'
    )
    tiers = 'tiers = [{ code = "on_time", when = { renewal_from = 2 }, status = "on_leave", uses_at_most = 0, next_from = "receipt", cheaper = true, after_gap = true }]\n'
    version = unchecked(tiers, plain=fees).versions[0]
    assert [one.terms for one in version.fees] == [
        FeeTerms(
            instead=(
                OtherAmount(MEMBER, 80_00, Rule("house", "It costs $100.")),
                OtherAmount(Condition((("age_from", 65),)), 60_00, Rule("page", "For the old.")),
            )
        ),
        FeeTerms(Condition((("country", ("US",)),)), percent=8255, of=("renewal",)),
        FeeTerms(per="petition", takes_off=True),
    ]
    assert (version.fees[1].amount_cents, version.fees[1].text) == (0, "Tax: 8.255 %.")
    renewal_from = Condition((("renewal_from", 2),))
    assert version.tiers[0].terms == TierTerms(renewal_from, "on_leave", 0, "receipt", True, True)


def test_every_key_of_a_condition_is_read_and_kept_in_a_fixed_order():
    when = (
        'when = { not = { member = true }, any = [{ path = ["a"] }, { tier = ["on_time"] }], fact_through = { hours = 9 }, fact_from = { passed_on = 2026-01-05 },'
        ' fact = { exam = true, region = "north" }, unmet = ["total"], also_holds = ["coach"], all_from = ["own"], country = ["US", "CA"], short = false,'
        " completed_after_e = true, member = false, months_from = 12, months_through = 30, age_from = 65, age_through = 70, renewal_from = 1, renewal_through = 3,"
        " received_from = 2026-01-01, received_through = 2026-12-31, awarded_from = 2020-01-01, awarded_through = 2020-12-31 }"
    )
    version = unchecked(f'audit = {{ {when} }}\npaths = [{{ code = "a" }}]\n', FACTS).versions[0]
    assert version.families.audit
    assert version.families.audit.when == Condition(
        (
            ("awarded_from", date(2020, 1, 1)),
            ("awarded_through", date(2020, 12, 31)),
            ("received_from", date(2026, 1, 1)),
            ("received_through", date(2026, 12, 31)),
            ("renewal_from", 1),
            ("renewal_through", 3),
            ("age_from", 65),
            ("age_through", 70),
            ("months_from", 12),
            ("months_through", 30),
            ("member", False),
            ("completed_after_e", True),
            ("short", False),
            ("country", ("US", "CA")),
            ("all_from", ("own",)),
            ("also_holds", ("coach",)),
            ("unmet", ("total",)),
        ),
        facts=(
            FactTest("exam", (True,)),
            FactTest("region", ("north",)),
            FactTest("passed_on", first=date(2026, 1, 5)),
            FactTest("hours", last=9),
        ),
        any_of=(Condition((("path", ("a",)),)), Condition((("tier", ("on_time",)),))),
        none_of=MEMBER,
    )


def test_each_row_of_an_optional_section_has_a_figure_named_by_its_kind_and_code():
    version = unchecked(
        'paths = [{ code = "exam" }]\ncards = [{ code = "cpr" }]\ncarry_over = {}\ndues = [{ code = "yearly", amount = "1.00", first = "E" }]\n'
        'several = {}\naudit = {}\nacts = [{ code = "plea", from = "S", through = "E" }]\nconversions = [{ code = "day", worth = "7" }]\n'
        'receipt = {}\nreporting = { days = 1 }\nrepeats = { count = "once" }\n'
    ).versions[0]
    plain = {one.key for one in unchecked().versions[0].stated}
    assert sorted(one.key for one in version.stated if one.key not in plain) == [
        *("act_plea", "audit", "card_cpr", "carry_over", "conversion_day", "due_yearly"),
        *("path_exam", "receipt", "repeats", "reporting", "several"),
    ]
