"""Roster import: what is written, what a second import changes, and what it never changes (Q7)."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from core import clock
from core.models import HistoryEntry
from rules.policy.load import use_policies_in
from tests.throwaway import ROOT
from tests.trainers.scenes import HEADER, KIM, ROBIN, row
from trainers.claiming import owner_of
from trainers.lookups import credential_of, current_cycle
from trainers.models import Credential, Cycle, Trainer
from trainers.services import create_trainer, grant_credential, open_next_cycle


def robin() -> Trainer:
    return Trainer.objects.get(email="robin@example.org")


def counts(result) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.bad


def test_importing_a_row_creates_an_account_a_credential_and_its_current_cycle(desk):
    assert counts(desk.bring_in(ROBIN, KIM)) == (2, 0, 0, 0)
    credential = credential_of(robin())
    assert (credential.number, credential.awarded_on, credential.state) == (
        "12345678",
        date(2021, 3, 14),
        "in_force",
    )
    cycle = current_cycle(credential)
    assert (cycle.starts_on, cycle.expires_on) == (date(2025, 3, 15), date(2027, 3, 14))
    assert (cycle.opens_on, cycle.completion_deadline) == (date(2026, 9, 15), date(2027, 6, 12))
    assert cycle.last_day_to_apply == date(2028, 3, 13)
    assert (robin().name, robin().time_zone, robin().has_usable_password()) == (
        "Robin Vale",
        "America/New_York",
        False,
    )
    kim = Trainer.objects.get(email="kim@example.org")
    assert (kim.time_zone, kim.is_active, kim.is_staff) == ("America/Phoenix", True, False)
    assert current_cycle(credential_of(kim)).expires_on == date(2028, 2, 29)


OWN = {"id", "password", "email", "name", "number", "draw_id", "check_code"}
OWN |= {"searched_name"}  # the sweep fills it for rows that the importer wrote in SQL
OWN |= {"trainer_id", "user_id", "credential_id"}


def written(person: Trainer, model: type, path: str) -> dict:
    """What a row of this person holds, without what must differ between two people."""
    values = model.objects.filter(**{path: person.pk}).values().get()
    return {field: value for field, value in values.items() if field not in OWN}


def history_of(person: Trainer, verb: str) -> dict:
    kept = ("verb", "from_state", "to_state", "by_id", "at")
    return HistoryEntry.objects.filter(trainer=person, verb=verb).values(*kept).get()


@pytest.fixture
def by_hand() -> Trainer:
    """Robin's twin, made by the services."""
    twin = create_trainer(
        email="hand@example.org", name="By Hand", by=None, at=clock.now(), time_zone="America/New_York"
    )
    dates = {"awarded_on": date(2021, 3, 14), "cycle_expires_on": date(2027, 3, 14)}
    grant_credential(twin, number="9", policy_code="nasm-cpt", **dates, by=None, at=clock.now())
    return twin


@pytest.mark.parametrize(
    ("model", "path"),
    [(Trainer, "pk"), (EmailAddress, "user"), (Credential, "trainer"), (Cycle, "credential__trainer")],
)
def test_a_roster_import_writes_the_same_rows_as_the_services(desk, by_hand, model, path):
    desk.bring_in(ROBIN)
    assert written(robin(), model, path) == written(by_hand, model, path)


def test_a_roster_import_writes_the_same_history_as_the_services(desk, by_hand):
    desk.bring_in(ROBIN)
    for verb in ("joined", "granted", "cycle_opened"):
        assert history_of(robin(), verb) == history_of(by_hand, verb)
    subjects = dict(HistoryEntry.objects.filter(trainer=robin()).values_list("verb", "subject"))
    credential = credential_of(robin())
    assert subjects == {
        "joined": f"trainers.trainer:{robin().pk}",
        "granted": f"trainers.credential:{credential.pk}",
        "cycle_opened": f"trainers.cycle:{current_cycle(credential).pk}",
    }
    entry = HistoryEntry.objects.get(trainer=robin(), verb="cycle_opened")
    assert (entry.detail, entry.reason) == ({"line": 2}, "Roster roster.csv")


def test_a_dry_run_of_a_roster_import_reports_each_row_and_writes_nothing(desk):
    result = desk.bring_in(ROBIN, row(number="77", email="wrong"), apply=False)
    assert (counts(result), result.applied) == ((1, 0, 0, 1), False)
    assert desk.said == [
        "line 2: new, 1234 5678, Robin Vale",
        "line 3: bad, email 'wrong': Use an email address, such as name@example.org.",
    ]
    assert not Trainer.objects.exists()


def test_one_invalid_row_stops_the_whole_import(desk):
    result = desk.bring_in(ROBIN, KIM.replace("2028-02-29", "2028-02-28"))
    assert (counts(result), result.applied) == ((1, 0, 0, 1), False)
    assert not Trainer.objects.exists()


def test_importing_the_same_roster_again_changes_nothing(desk):
    desk.bring_in(ROBIN, KIM)
    before = list(Trainer.objects.values()), list(Cycle.objects.values()), HistoryEntry.objects.count()
    assert counts(desk.bring_in_file()) == (0, 0, 2, 0)
    assert before == (
        list(Trainer.objects.values()),
        list(Cycle.objects.values()),
        HistoryEntry.objects.count(),
    )


def test_a_roster_can_change_name_address_and_zone_of_an_account_never_signed_in_to(desk):
    desk.bring_in(ROBIN, KIM)
    changed = row(name="Robin Vale-Ode", email="Robin.Vale@example.org", time_zone="Europe/Berlin")
    assert counts(desk.bring_in(changed, KIM)) == (0, 1, 1, 0)
    assert desk.said[0] == (
        "line 2: changed, 1234 5678, Robin Vale-Ode (name 'Robin Vale' becomes 'Robin Vale-Ode'; "
        "email 'robin@example.org' becomes 'robin.vale@example.org'; "
        "time_zone 'America/New_York' becomes 'Europe/Berlin')"
    )
    trainer = Trainer.objects.get(credentials__number="12345678")
    assert (trainer.name, trainer.email, trainer.time_zone) == (
        "Robin Vale-Ode",
        "robin.vale@example.org",
        "Europe/Berlin",
    )
    assert list(trainer.emailaddress_set.values_list("email", "verified")) == [
        ("robin.vale@example.org", False)
    ]
    entry = HistoryEntry.objects.get(verb="changed_by_roster")
    assert entry.detail["email"] == ["robin@example.org", "robin.vale@example.org"]
    assert counts(desk.bring_in_file()) == (0, 0, 2, 0)


@pytest.mark.parametrize("sign", ["password", "last_login", "staff"])
def test_a_roster_can_change_only_the_name_of_an_account_in_use(desk, sign):
    desk.bring_in(ROBIN)
    trainer = robin()
    if sign == "password":
        trainer.set_password("correct horse battery")
    elif sign == "last_login":
        trainer.last_login = clock.now()
    else:
        trainer.is_staff = True
    trainer.save()
    thief = row(name="Robin V. Vale", email="thief@example.org", time_zone="Europe/Berlin")
    assert counts(desk.bring_in(thief)) == (0, 1, 0, 0)
    assert desk.said == [
        "line 2: changed, 1234 5678, Robin V. Vale (name 'Robin Vale' becomes 'Robin V. Vale'). "
        "The address 'thief@example.org' is not taken over: the account is in use, so only its owner changes it. "
        "The time zone 'Europe/Berlin' is not taken over: the account is in use, so only its owner changes it"
    ]
    trainer.refresh_from_db()
    assert (trainer.name, trainer.email, trainer.time_zone) == (
        "Robin V. Vale",
        "robin@example.org",
        "America/New_York",
    )
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["robin@example.org"]


def test_a_row_with_the_address_of_another_account_is_invalid(desk, stranger):
    assert "email 'stranger@example.org': Another account has this address." in desk.refused(
        row(email="stranger@example.org")
    )
    desk.bring_in(ROBIN)
    assert "Another account has this address." in desk.refused(row(email="stranger@example.org"))
    EmailAddress.objects.create(user=stranger, email="second@example.org", verified=True)
    assert "Another account has this address." in desk.refused(row(email="second@example.org"))


def test_a_roster_cannot_change_the_award_date(desk):
    desk.bring_in(ROBIN)
    said = desk.refused(row(awarded_on="2023-03-14"))
    assert said == (
        "line 2: bad, awarded_on '2023-03-14': We hold 2021-03-14 for this number. The day of an award never changes."
    )


def test_a_roster_cannot_open_a_later_cycle_which_only_a_renewal_does(desk):
    desk.bring_in(row(expires_on="2025-03-14"))
    said = desk.refused(ROBIN)
    assert said == (
        "line 2: bad, expires_on '2027-03-14': We hold 2025-03-14. A later cycle is opened by a renewal, never by a roster."
    )
    assert current_cycle(credential_of(robin())).expires_on == date(2025, 3, 14)


def test_a_roster_exported_before_a_renewal_in_the_portal_changes_nothing(desk):
    desk.bring_in(ROBIN)
    open_next_cycle(current_cycle(credential_of(robin())), by=None, at=clock.now())
    assert counts(desk.bring_in_file()) == (0, 0, 1, 0)
    assert desk.said == ["line 2: unchanged, 1234 5678, Robin Vale. Renewed here since, through 2029-03-14"]
    assert "The first cycle that we hold ends on 2027-03-14. This one is older." in desk.refused(
        row(expires_on="2025-03-14")
    )


def test_a_row_whose_expiration_date_ends_no_cycle_of_the_award_is_invalid(desk):
    assert desk.refused(row(expires_on="2027-03-15")) == (
        "line 2: bad, expires_on '2027-03-15': No cycle of this award ends on this day. "
        "Counted from 2021-03-14, they end on 2027-03-14 and 2029-03-14."
    )
    assert "they end on 2023-03-14 first" in desk.refused(row(expires_on="2022-03-14"))
    assert "they end on 2026-02-28 and 2028-02-29" in desk.refused(
        row(awarded_on="2024-02-29", expires_on="2028-02-28")
    )


@pytest.mark.parametrize(("today", "fits"), [("2026-09-14", False), ("2026-09-15", True)])
def test_a_future_cycle_is_imported_only_once_renewing_for_it_is_possible(desk, clock_at, today, fits):
    clock_at(today)
    ahead = row(expires_on="2029-03-14")
    if fits:
        assert desk.bring_in(ahead).applied
    else:
        assert "nobody could renew for it before 2026-09-15" in desk.refused(ahead)


def test_a_row_awarded_before_1950_or_after_today_is_invalid(desk):
    assert "An award lies between 1950-01-01 and today, 2027-03-02." in desk.refused(
        row(awarded_on="2027-03-03", expires_on="2029-03-03")
    )
    assert "1950-01-01" in desk.refused(row(awarded_on="1949-12-31", expires_on="2027-12-31"))
    assert desk.bring_in(row(awarded_on="2027-03-02", expires_on="2029-03-02")).applied


def test_the_same_number_or_address_twice_in_a_roster_is_invalid(desk):
    assert "number '12345678': This number stands in line 2 already." in desk.refused(
        ROBIN, row(number="1234-5678", email="other@example.org")
    )
    assert "email 'robin@example.org': This address stands in line 2 already." in desk.refused(
        ROBIN, row(number="99", name="Somebody Else", email="ROBIN@example.org")
    )


def test_a_number_that_lost_its_leading_zeros_in_a_spreadsheet_is_reported(desk):
    assert "Line 2 has the same number with other zeros in front." in desk.refused(
        row(number="0042"), row(number="42", email="other@example.org")
    )
    assert desk.bring_in(row(number="0042")).applied
    assert "We hold 0042. A spreadsheet may have dropped the zeros in front." in desk.refused(
        row(number="42", email="other@example.org")
    )


def test_a_row_with_a_number_granted_under_another_policy_is_refused(desk):
    desk.bring_in(ROBIN)
    Credential.objects.update(policy_code="other-body")
    assert "This number was given under the policy other-body." in desk.refused(ROBIN)


def test_all_errors_of_a_roster_row_are_reported_in_column_order(desk):
    result = desk.bring_in("x*,,nobody,03/14/2021,2027-02-30,Mars/Olympus")
    assert counts(result) == (0, 0, 0, 1)
    assert [text.partition(": bad, ")[2].partition(" ")[0] for text in desk.said] == HEADER.split(",")


def test_imported_trainers_can_claim_their_account(desk):
    desk.bring_in(ROBIN)
    assert owner_of("12345678", "robin@example.org") == robin()


def test_the_history_of_a_roster_import_names_the_staff_member_who_ran_it(desk, registrar):
    call_command("import_roster", desk.write(ROBIN), "--apply", "--by", registrar.email.capitalize())
    assert set(robin().history.values_list("by", flat=True)) == {registrar.pk}


def test_an_imported_cycle_names_the_policy_version_in_force_on_its_first_day(desk, tmp_path):
    text = (ROOT / "rules" / "policy" / "policies" / "nasm-cpt.toml").read_text()
    later = '\n[[versions]]\nin_force_from = 2026-01-01\ntotal = { value = "3.1", label = "CEUs", clause = "S2", text = "3.1." }\n'
    (tmp_path / "changed.toml").write_text(text.replace('code = "nasm-cpt"', 'code = "changed"') + later)
    use_policies_in(tmp_path)
    try:
        desk.bring_in(ROBIN, KIM, policy="changed")
    finally:
        use_policies_in(None)
    assert list(Cycle.objects.order_by("starts_on").values_list("starts_on", "policy_from")) == [
        (date(2025, 3, 15), date(2000, 1, 1)),
        (date(2026, 3, 1), date(2026, 1, 1)),
    ]
