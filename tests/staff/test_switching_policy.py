"""A lead lets a credential follow another policy from its next cycle on."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core.errors import Refusal
from core.models import HistoryEntry
from core.policy_words import policy_choices
from outbox.models import Notice
from rules.policy.load import use_policies_in
from tests.bodies import let_follow
from tests.reading import text_of
from tests.staff.scenes import confirm, mail_sent
from tests.throwaway import ROOT
from trainers.invariants import CHECKS
from trainers.models import Cycle
from trainers.services.cycles import open_next_cycle
from trainers.services.policies import switch_policy

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
NASM = (ROOT / "rules" / "policy" / "policies" / "nasm-cpt.toml").read_text()
WHY = "Their employer asked, and they agreed."


@pytest.fixture(autouse=True)
def _three_years(tmp_path) -> Iterator[None]:
    """Beside the sample policy, one with cycles of three years, 3.0 CEUs and another version from 2028 on."""
    text = NASM.replace('code = "nasm-cpt"', 'code = "three-years"').replace('"2 years"', '"3 years"')
    text = text.replace('title = "Certified Personal Trainer"', 'title = "Master Trainer"')
    text = text.replace('value = "2.0"', 'value = "3.0"', 1).replace("every two years.", "every three years.")
    text = text.replace("You need 2.0 approved CEUs", "You need 3.0 approved CEUs")
    later = '\n[[versions]]\nin_force_from = 2028-01-01\ntotal = { value = "3.1", label = "CEUs in a cycle", clause = "S2", text = "3.1." }\n'
    (tmp_path / "three-years.toml").write_text(text + later)
    use_policies_in(tmp_path)
    yield
    use_policies_in(None)


@pytest.fixture
def credential(jordan, clock_at):
    clock_at("2027-03-02")
    return jordan.credentials.get()


def dates_broken() -> list[str]:
    return [words for check in CHECKS if check.number == 2 for words in check.find()]


def test_a_lead_switches_the_policy_from_the_next_cycle_on_with_preview_mail_and_history(
    credential, lead, desk
):
    address = reverse("admin:trainers_credential_switch", args=[credential.pk])
    shown = confirm(desk(lead), address, {"policy": "three-years", "reason": WHY})
    credential.refresh_from_db()
    assert (credential.policy_code, credential.next_policy_code) == ("nasm-cpt", "three-years")
    assert (
        "From March 15, 2027 your certification 1193 4482 follows the rules for Master Trainer." in shown.text
    )
    assert "A cycle then lasts three years and needs 3.0 CEUs." in shown.text
    assert shown.text == mail_sent("credential.policy").text
    told = HistoryEntry.objects.get(verb="policy_planned")
    assert (told.by, told.reason, told.detail) == (lead, WHY, {"policy": ["nasm-cpt", "three-years"]})


@pytest.mark.parametrize(
    "rule",
    [
        'cycle = { next_from = "receipt" }\n',
        'cycle = { next_from = "approval" }\n',
        'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 1 year", next_from = "receipt" }]\n',
    ],
)
def test_a_switch_names_no_first_day_where_the_next_cycle_is_counted_from_its_renewal(
    credential, lead, desk, follow_body, rule
):
    stated = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    let_follow(credential, follow_body(stated + rule, beside={"other": stated}))
    address = reverse("admin:trainers_credential_switch", args=[credential.pk])
    page = text_of(desk(lead).get(address))
    assert "The next cycle begins on the day on which its renewal is received or approved" in page
    shown = confirm(desk(lead), address, {"policy": "other", "reason": WHY})
    told = "From its next renewal on your certification 1193 4482 follows the rules for Other Trainer."
    assert told in shown.text
    assert "March 15" not in page + shown.text


def test_the_running_cycle_keeps_its_policy_and_the_next_follows_the_new_one(credential, lead):
    running = Cycle.objects.get()
    switch_policy(credential, policy="three-years", reason=WHY, by=lead, at=NOON)
    assert running.policy.title == "Certified Personal Trainer"
    following = open_next_cycle(running, by=None, at=NOON)
    assert (following.starts_on, following.expires_on) == (date(2027, 3, 15), date(2030, 3, 14))
    assert (following.policy_code, following.policy_from) == ("three-years", date(2000, 1, 1))
    credential.refresh_from_db()
    assert (credential.policy_code, credential.next_policy_code) == ("three-years", "")
    assert Cycle.objects.get(pk=running.pk).expires_on == date(2027, 3, 14)
    assert dates_broken() == []


def test_a_cycle_names_the_version_in_force_on_its_first_day(credential, lead):
    switch_policy(credential, policy="three-years", reason=WHY, by=lead, at=NOON)
    first = open_next_cycle(Cycle.objects.get(), by=None, at=NOON)
    assert open_next_cycle(first, by=None, at=NOON).policy_from == date(2028, 1, 1)


def test_a_policy_switch_is_idempotent_and_is_undone_by_switching_to_the_present_policy(credential, lead):
    for _ in range(2):
        switch_policy(credential, policy="three-years", reason=WHY, by=lead, at=NOON)
    assert Notice.objects.filter(kind="credential.policy").count() == 1
    back = switch_policy(credential, policy="nasm-cpt", reason="They changed their mind.", by=lead, at=NOON)
    assert back.next_policy_code == ""
    assert open_next_cycle(Cycle.objects.get(), by=None, at=NOON).expires_on == date(2029, 3, 14)


@pytest.mark.parametrize(
    ("policy", "reason", "sentence"),
    [("absent", WHY, "Choose a policy of the list."), ("three-years", " ", "Write the reason")],
)
def test_a_switch_to_an_unknown_policy_or_without_a_reason_is_refused(
    credential, lead, policy, reason, sentence
):
    with pytest.raises(Refusal, match=sentence):
        switch_policy(credential, policy=policy, reason=reason, by=lead, at=NOON)


def test_a_switch_to_a_policy_of_another_unit_is_refused(credential, lead, tmp_path):
    (tmp_path / "harbor-massage.toml").write_text(
        (ROOT / "tests/rules/policies/harbor-massage.toml").read_text()
    )
    with pytest.raises(Refusal, match="counts in hours, and this portal in CEUs"):
        switch_policy(credential, policy="harbor-massage", reason=WHY, by=lead, at=NOON)


def test_a_switch_to_a_policy_of_another_currency_is_refused_and_not_offered(credential, lead, tmp_path):
    text = NASM.replace('code = "nasm-cpt"', 'code = "in-euro"').replace('"USD"', '"EUR"')
    (tmp_path / "in-euro.toml").write_text(text)
    with pytest.raises(Refusal, match="in-euro charges EUR, and this portal USD"):
        switch_policy(credential, policy="in-euro", reason=WHY, by=lead, at=NOON)
    assert "in-euro" not in dict(policy_choices())


@pytest.fixture
def by_birthday(tmp_path) -> str:
    """Beside these, a policy whose cycles end on the birthday."""
    text = NASM.replace('code = "nasm-cpt"', 'code = "by-birthday"')
    text = text.replace('title = "Certified Personal Trainer"', 'title = "Birthday Trainer"')
    text = text.replace('length = "2 years"', 'length = "2 years"\nends = "birthday"')
    (tmp_path / "by-birthday.toml").write_text(text)
    return "by-birthday"


def test_a_switch_to_cycles_by_the_birthday_asks_for_an_unknown_one_at_its_field_and_keeps_it(
    credential, lead, desk, by_birthday
):
    address = reverse("admin:trainers_credential_switch", args=[credential.pk])
    typed = {"policy": by_birthday, "reason": WHY}
    refused = desk(lead).post(address, typed)
    assert refused.status_code == 422
    assert "Birthday Trainer counts from the day of birth. Enter it first." in refused.content.decode()
    assert WHY in refused.content.decode()
    day = {"born_on_month": "5", "born_on_day": "20", "born_on_year": "1985"}
    confirm(desk(lead), address, typed | day)
    credential.refresh_from_db()
    assert (credential.next_policy_code, credential.trainer.born_on) == ("by-birthday", date(1985, 5, 20))
    assert HistoryEntry.objects.get(verb="facts_set").detail == {"Day of birth": ["", "1985-05-20"]}
    assert "born_on" not in desk(lead).get(address).content.decode()


@pytest.mark.parametrize("born_on", [None, date(2020, 5, 20), date(1899, 12, 31)])
def test_a_switch_to_cycles_by_the_birthday_without_one_that_can_be_changes_nothing(
    credential, lead, by_birthday, born_on
):
    with pytest.raises(Refusal) as refused:
        switch_policy(credential, policy=by_birthday, reason=WHY, born_on=born_on, by=lead, at=NOON)
    assert refused.value.field == "born_on"
    credential.refresh_from_db()
    assert (credential.next_policy_code, credential.trainer.born_on) == ("", None)


def test_a_switch_to_other_rules_keeps_no_day_of_birth(credential, lead, by_birthday):
    switch_policy(credential, policy="three-years", reason=WHY, born_on=date(1985, 5, 20), by=lead, at=NOON)
    credential.trainer.refresh_from_db()
    assert credential.trainer.born_on is None


def test_only_a_lead_switches_a_policy(credential, reviewer, stranger):
    for nobody in (reviewer, stranger, None):
        with pytest.raises(Refusal, match="Only a lead"):
            switch_policy(credential, policy="three-years", reason=WHY, by=nobody, at=NOON)
