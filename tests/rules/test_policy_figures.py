"""The figures of the sample policy and of the invented bodies: their values, their keys and their words."""

from datetime import date

from rules.policy.load import load_policy, load_policy_file
from rules.units import Unit
from tests.rules.cases import SAMPLE_POLICY, policy_named

END = "expiration date"


def test_every_figure_of_the_sample_policy_has_a_label_a_value_a_clause_and_a_sentence():
    version = load_policy().versions[0]
    known = {clause.code for clause in version.clauses} | {reading.code for reading in version.readings}
    for figure in version.figures():
        assert figure.label
        assert figure.value
        assert figure.text
        assert figure.clause in known
        assert figure.in_force_from == date(2000, 1, 1)
    assert [clause.code for clause in version.clauses] == [f"S{number}" for number in range(1, 15)]
    built = range(1, 37)
    assert [reading.code for reading in version.readings] == [f"Q{number}" for number in built]


KEPT = {
    "mail_copy_years": ("3 years", "Q33", False),
    "refused_upload_days": ("1 day", "Q33", False),
    "evidence_cycles": ("2 cycles", "Q33", False),
    "session_days": ("14 days", "Q33", False),
    "data_file_days": ("7 days", "Q33", False),
}
TOLD = {
    "unpaid_reminder_hours": ("1 hour, 24 hours and 72 hours", "Q13", False),
    "employer_notice_days": ("30 days", "Q29", False),
}


def test_the_sample_policy_has_the_figures_of_the_rules_document():
    version = load_policy().versions[0]
    figures = {figure.key: (figure.value, figure.clause, figure.in_source) for figure in version.figures()}
    assert figures == {
        "cycle": ("2 years", "S1", True),
        "total": ("2.0 CEUs", "S2", True),
        "minimum_cpr_aed": ("0.1 CEUs", "S3", True),
        "maximum_cpr_aed": ("0.1 CEUs", "Q11", False),
        "earning": ("from the first day of the cycle, through 90 days after the expiration date", "S5", True),
        "fee_renewal": ("$99", "Q6", False),
        "fee_late": ("$30", "S6", False),
        "fee_additional": ("$20", "S7", False),
        "tier_on_time": (f"from 180 days before the {END}, through the {END}", "Q8", False),
        "tier_late": ("after the expiration date, through 90 days after the expiration date", "S6", True),
        "tier_additional": (
            "later than 90 days after the expiration date, before 1 year after the expiration date",
            "S7",
            True,
        ),
        "petition_fee": ("$25", "S10", True),
        "course_request_fee": ("$0", "S8", False),
        "petition_question_days": ("14 days", "S9", False),
        "pay_within_days": ("7 days", "Q13", False),
        "correction_days": ("30 days", "Q25", False),
        "correction_days_least": ("3 days", "Q25", False),
        "another_look_days": ("30 days", "Q26", False),
        "audit_rate": ("10 in 100", "S12", False),
        "audit_days": ("30 days", "S13", True),
        "audit_notice_days": ("3 days", "Q18", False),
        "draw_period": ("quarter", "Q20", False),
        "promised_answer_business_days": ("10 business days", "Q22", False),
        "decision_hold_minutes": ("10 minutes", "Q22", False),
        "refund_second_person_above_cents": ("$100", "Q21", False),
        "renewal_refundable_until": ("review", "Q21", False),
        "free_name_changes": ("3 times", "Q28", False),
        **KEPT,
        "reported_answers_audit": ("yes", "Q23", False),
        "auto_approve": ("yes", "Q22", False),
        **TOLD,
    }


def test_figures_are_labelled_by_their_table_and_category_limits_by_their_category():
    labels = {figure.key: figure.label for figure in load_policy().versions[0].figures()}
    assert (labels["total"], labels["cycle"], labels["earning"], labels["fee_late"], labels["tier_late"]) == (
        "CEUs in a cycle", "Length of a cycle", "When a course may be completed", "Late fee", "Late",
    )  # fmt: skip
    assert (labels["minimum_cpr_aed"], labels["maximum_cpr_aed"]) == (
        "CPR and AED, at least",
        "CPR and AED, at most",
    )
    assert labels["petition_fee"] == "Petition fee"


def test_figures_for_petitions_audits_and_payments_are_read_as_attributes():
    policy = load_policy()
    version = policy.versions[0]
    assert (policy.code, policy.title, policy.time_zone) == (
        "nasm-cpt",
        "Certified Personal Trainer",
        "America/Phoenix",
    )
    assert (version.total, version.cycle, version.petition_fee.amount_cents, version.audit_rate) == (
        200,
        (2, "years"),
        2500,
        "0.10",
    )
    assert (
        version.pay_within_days,
        version.correction_days,
        version.correction_days_least,
        version.another_look_days,
        version.audit_days,
        version.audit_notice_days,
    ) == (7, 30, 3, 30, 30, 3)
    assert (
        version.petition_question_days,
        version.promised_answer_business_days,
        version.decision_hold_minutes,
    ) == (14, 10, 10)
    assert (
        version.refund_second_person_above_cents,
        version.renewal_refundable_until,
        version.auto_approve,
    ) == (10000, "review", True)
    assert (version.draw_period, version.reported_answers_audit) == ("quarter", True)
    fee = version.petition_fee
    assert (fee.code, fee.label, fee.clause, fee.in_source) == ("petition_fee", "Petition fee", "S10", True)
    assert (
        fee.text
        == fee.explain
        == "Each course or event that you ask us to count costs this fee. It is not refunded."
    )


def test_figures_of_other_certifying_bodies_are_formatted_in_their_own_units():
    values = {figure.key: figure.value for figure in policy_named("harbor-massage").versions[0].figures()}
    assert values["minimum_ethics"] == "2 hours"
    assert values["fee_usual"] == "€80.50"
    assert values["audit_rate"] == "0 in 100"
    assert values["petition_question_days"] == "1 day"
    assert values["pay_within_days"] == "0 days"
    assert values["draw_period"] == "half year"
    assert values["reported_answers_audit"] == "no"
    assert values["auto_approve"] == "no"
    assert values["decision_hold_minutes"] == "0 minutes"
    assert (
        values["earning"]
        == "later than 1 day before the first day of the cycle, before 1 day after the expiration date"
    )
    guides = {figure.key: figure.value for figure in policy_named("summit-guides").versions[0].figures()}
    assert guides["audit_rate"] == "100 in 100"
    assert guides["decision_hold_minutes"] == "1 minute"
    assert guides["cycle"] == "12 months"


def test_a_policy_may_have_a_petition_fee_of_zero():
    version = policy_named("harbor-massage").versions[0]
    figures = {figure.key: figure.value for figure in version.figures()}
    assert (version.petition_fee.amount_cents, figures["petition_fee"]) == (0, "€0")


def test_a_category_and_a_tier_are_found_by_their_code():
    version = load_policy().versions[0]
    cpr, late = version.category("cpr_aed"), version.tier("late")
    assert (cpr.label, cpr.minimum, cpr.maximum, cpr.must_be_current) == ("CPR and AED", 10, 10, True)
    education = version.category("education")
    assert (education.minimum, education.maximum, education.must_be_current) == (0, None, False)
    assert [fee.code for fee in late.fees] == ["renewal", "late"]
    assert late.last_day_name == "late_until"
    assert version.category("yoga") is None
    assert version.tier("tardy") is None


def test_a_policy_file_of_release_1_keeps_the_values_that_were_constants_then():
    figures = {figure.key: figure.value for figure in policy_named("summit-guides").versions[0].figures()}
    version = policy_named("summit-guides").versions[0]
    assert (version.correction_days_least, version.another_look_days) == (3, 30)
    assert (version.mail_copy_years, version.refused_upload_days, version.evidence_cycles) == (3, 1, 2)
    assert (version.session_days, version.data_file_days) == (14, 7)
    assert figures["unpaid_reminder_hours"] == "never"


def test_a_policy_file_that_states_no_number_of_free_name_changes_allows_three(tmp_path):
    text = SAMPLE_POLICY.read_text("utf-8")
    start = text.index("[versions.values.free_name_changes]")
    without = text[:start] + text[text.index("[versions.values.", start + 1) :]
    path = tmp_path / "body.toml"
    path.write_text(without.replace("{free_name_changes}", "3 times"), "utf-8")
    assert load_policy_file(path).versions[0].free_name_changes == 3


def test_each_body_has_its_unit_and_how_many_contact_hours_one_stands_for():
    assert load_policy().unit == Unit("CEU", "CEUs", 2, 1, 1, "10")
    assert policy_named("harbor-massage").unit == Unit("hour", "hours", 1, 0, 5, None)
