"""The demo: somebody in each state of Home, a catalogue, colleagues to sign in as, and no broken invariant."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audits.models import Audit, Draw, DrawPeriod
from audits.models.draw import SEAL
from cases.models import Proposal
from ceus.models import CeuRecord, Course, Provider, Topic
from core.models import HistoryEntry, Merge
from demo.people import NAMED
from demo.provider import LOGIN
from demo.signins import WORTH_TRYING
from demo.staff import COLLEAGUES, SUPERUSER
from demo.stage import PASSWORD
from documents.models import Document
from outbox.models import Letter, Notice
from payments.models import CheckoutSession, ProviderEvent
from providers.models import Batch, ProviderPerson
from renewals.models import Application
from renewals.pages.home import home_of
from rules.draw import draw_number, is_selected, seed_of
from tests.throwaway import DEMO_DAY
from tests.wording import unworded_history
from trainers.lookups import cycle_of
from trainers.models import Cycle, Invitation, Roster, Trainer
from trainers.sealing import unseal_seed

TAGS = {
    "jordan": "Ready to renew",
    "maya": "0.4 to go",
    "leo": "CPR and AED card needed",
    "pia": "CPR and AED card needed",
    "nina": "CPR and AED card needed",
    "omar": "Expires in 12 days",
    "priya": "Expires today",
    "kofi": "Expires in 5 days",
    "quinn": "Expired",
    "june": "Expired",
    "ruth": "Expired",
    "sam": "Ended",
    "tara": "Not paid yet",
    "umar": "Not paid yet",
    "eli": "Not paid yet",
    "vera": "Confirming payment",
    "wes": "In review",
    "xenia": "Correction needed",
    "yusuf": "Not renewed",
    "zoe": "Renewed",
    "nora": "Renewed",
    "otto": "Renewed",
    "cleo": "Ready to renew",
    "dina": "Ready to renew",
    "rosa": "Ready to renew",
    "anna": "Not active",
    "ben": "Not active",
    "fay": "Active",
    "gus": "Active",
    "hana": "0.4 to go",
    "ivan": "Active",
    "mika": "Ready to renew",
    "lena": "Active",
    "alma": "Replacement needed",
    "bo": "Documents sent",
    "cara": "Replacement needed",
    "erin": "Renewed",
    "dev": "Not renewed",
    "gita": "Replacement needed",
    "dana": "Fee missing",
    "rolf": "Renewed",
    "ines": "Renewed",
    "sofia": "Active",
}


def person(login: str) -> Trainer:
    return Trainer.objects.get(email=f"{login}@example.org")


def home(login: str):
    return home_of(cycle_of(person(login)), today=date.fromisoformat(DEMO_DAY)).state


def test_home_of_each_demo_person_shows_the_state_promised_on_the_demo_sheet(demo):
    assert {login: home(login).tag for login in TAGS} == TAGS
    assert {one.login for one in NAMED} == set(TAGS)


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("quinn", "it costs $129: $99 plus a $30 late fee"),
        ("ruth", "it costs $149: $99, a $30 late fee and a $20 additional fee"),
        ("umar", "Your bank declined the payment"),
        ("tara", "Pay by the end of Saturday, February 20, 2027"),
        ("anna", "suspended"),
        ("ben", "revoked"),
        ("priya", "Tomorrow it costs $129"),
    ],
)
def test_demo_people_with_the_same_status_tag_see_different_texts_on_home(demo, login, words):
    assert words in home(login).line


def test_the_demo_has_enough_courses_to_browse(demo):
    assert Trainer.objects.filter(credentials__isnull=False).distinct().count() == 83
    assert (Provider.objects.count(), Course.objects.count(), Topic.objects.count()) == (12, 150, 24)
    assert not Course.objects.filter(topics=None).exists()
    assert CeuRecord.objects.count() > 300
    assert Document.objects.count() > 400
    assert set(Application.objects.values_list("state", flat=True)) == {
        *("submitted", "in_review", "returned", "approved", "denied", "lapsed", "withdrawn")
    }


def test_the_demo_has_proposals_letters_rosters_and_invitations_for_a_second_person(demo):
    assert sorted(Proposal.objects.waiting().values_list("kind", flat=True)) == ["merge", "revoke"]
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["draft", "proposed", "sent"]
    roster = Roster.objects.get()
    assert (roster.state, roster.new, roster.changed, roster.bad) == ("checked", 1, 1, 1)
    assert Invitation.objects.get().state == "sent"


def test_the_demo_has_a_provider_with_one_person_one_report_two_requests_and_one_key(demo):
    role = ProviderPerson.objects.get()
    assert (role.person.email, role.state, role.invited_by) == (
        "penny@example.org",
        "active",
        person("registrar"),
    )
    assert (
        unseal_seed(role.person.authenticator_set.get().data["secret"]) == "PO2OJZOPDPFWLZB6DR6KFAAG6W5CY5BW"
    )
    report = Batch.objects.get()
    assert (report.provider, report.row_count, report.taken_count) == (role.provider, 3, 2)
    assert set(role.provider.course_requests.values_list("kind", "state")) == {
        ("new", "submitted"),
        ("renewal", "submitted"),
    }
    assert role.provider.api_keys.get().made_by == role.person


def test_a_demo_person_whose_two_accounts_were_merged_has_both_certifications(demo):
    sofia = person("sofia")
    assert sorted(sofia.credentials.values_list("number", flat=True)) == ["10411907", "11934904", "11934912"]
    assert Merge.objects.get(staying=sofia).email == "sofia.berg@example.org"


def test_the_demo_breaks_no_invariant_and_has_every_file(loaded):
    done = loaded.database.manage("verify_invariants", "--files")
    assert done.returncode == 0, done.stdout


def test_demo_people_who_have_signed_in_before_have_the_demo_password(demo, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert person("jordan").check_password(PASSWORD)
    assert person("jordan").emailaddress_set.get().verified
    assert not person("lena").has_usable_password()
    assert not person("lena").emailaddress_set.get().verified
    assert len(set(Trainer.objects.filter(last_login__isnull=False).values_list("password", flat=True))) == 1


def test_demo_staff_have_their_group_and_a_constant_authenticator_secret(demo):
    groups = {login: list(person(login).groups.values_list("name", flat=True)) for login in COLLEAGUES}
    assert groups == {login: [group] for login, (_, group) in COLLEAGUES.items()}
    assert person(SUPERUSER).is_superuser
    for login in (*COLLEAGUES, SUPERUSER):
        factor = person(login).authenticator_set.get()
        assert person(login).is_staff
        assert len(unseal_seed(factor.data["secret"])) == 32
    lead = person("lead").authenticator_set.get()
    assert unseal_seed(lead.data["secret"]) == "HIWD6346N6KFBXQSWS5GRIB6NO2G75LI"


def test_the_demo_leaves_no_open_checkout_except_the_one_that_it_shows(demo):
    living = CheckoutSession.objects.living()
    assert [session.charge.trainer.get_short_name() for session in living] == ["Vera"]
    waiting = ProviderEvent.objects.exclude(state="processed")
    assert [event.type for event in waiting] == ["radar.early_fraud_warning.created"]


def test_past_demo_mail_is_listed_in_messages_with_its_original_date(demo):
    assert not Notice.objects.unsent().filter(send_at__date__lt=DEMO_DAY).exists()
    sent = Notice.objects.filter(state="sent")
    assert sent.filter(kind="renewals.renewed").count() >= 10
    assert all(notice.ended_at == notice.send_at for notice in sent)
    assert all(notice.text for notice in sent.filter(private=False))


def test_a_demo_trainer_who_renewed_before_has_two_cycles_and_a_receipt(demo):
    jordan = person("jordan")
    assert Cycle.objects.filter(credential__trainer=jordan).count() == 2
    assert cycle_of(jordan).expires_on == date(2027, 5, 1)
    assert jordan.notices.filter(state="sent", kind="payments.receipt").count() == 1


def test_demo_history_starts_with_the_roster_and_ends_before_today(demo):
    story = person("jordan").history.order_by("at", "pk")
    assert story.first().verb == "joined"
    assert story.first().by == person("registrar")
    assert not person("jordan").history.filter(at__date__gt=DEMO_DAY).exists()


def test_every_history_row_of_the_demo_is_shown_to_staff_as_a_sentence(demo):
    assert HistoryEntry.objects.count() > 1000
    assert unworded_history() == []


def test_the_demo_sheet_lists_the_sign_ins_of_the_demo(loaded):
    sheet = (loaded.var / "demo.txt").read_text()
    assert PASSWORD in sheet
    for login in (*WORTH_TRYING, LOGIN, *COLLEAGUES, SUPERUSER):
        assert f"{login}@example.org" in sheet
    assert max(len(line) for line in sheet.splitlines()) <= 160


def test_loading_the_demo_prints_its_progress(loaded):
    assert "Catalogue: 12 providers, 150 courses" in loaded.said
    assert "Courses, cards, renewals: 70 of 83 trainers" in loaded.said


def test_loading_the_demo_into_a_database_with_people_is_refused(jordan, capsys):
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("load_demo")
    call_command("load_demo", "--if-empty")
    assert "nothing was loaded" in capsys.readouterr().out
    assert Trainer.objects.count() == 1


def test_the_demo_is_refused_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not loaded in production"):
        call_command("load_demo", "--if-empty")
    assert not Trainer.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2028-02-29", "2027-02-28", "2026-12-31", "2024-03-01"])
def test_the_demo_can_be_loaded_on_any_day(throwaway_database, day):
    throwaway_database.env["PORTAL_TODAY"] = day
    done = throwaway_database.manage("load_demo")
    assert done.returncode == 0, done.stderr
    done = throwaway_database.manage("verify_invariants", "--files")
    assert done.returncode == 0, done.stdout


def test_the_demo_has_a_petition_in_each_state(demo):
    from petitions.models import Decision, Petition

    states = Petition.objects.values_list("state", flat=True)
    assert sorted(states) == sorted(
        ("unpaid", "submitted", "submitted", "submitted", "question", "answered", "approved", "denied")
    )
    assert Petition.objects.waiting().filter(answer_due_on__lt=DEMO_DAY).count() == 1
    assert Decision.objects.filter(state="pending").count() == 1
    assert Petition.objects.get(state="approved").record.hundredths == 30


def test_the_demo_has_an_audit_in_each_state(demo):
    audits = {audit.trainer.name.split()[0]: audit for audit in Audit.objects.all()}
    states = {name: (audit.kind, audit.state) for name, audit in audits.items()}
    assert states == {
        "Alma": ("random", "replace"),
        "Bo": ("random", "sent"),
        "Cara": ("random", "replace"),
        "Erin": ("cause", "passed"),
        "Dev": ("cause", "expired"),
        "Gita": ("cause", "replace"),
    }
    assert all(audit.notified_on for audit in audits.values())


def test_the_demo_draws_selected_only_the_audited_people_and_past_periods_are_closed(demo):
    chosen = Draw.objects.filter(selected=True).values_list("cycle__credential__trainer__name", flat=True)
    assert {name.split()[0] for name in chosen} == {"Alma", "Bo", "Cara"}
    states = {period.code: period.state for period in DrawPeriod.objects.all()}
    assert states["2027-Q1"] == "open"
    assert states["2027-Q2"] == "announced"
    assert states["2026-Q4"] == "closed"
    assert DrawPeriod.objects.filter(closed_at__isnull=False, draws__isnull=False).exists()


def test_the_demo_draw_selects_no_named_person_who_is_not_meant_to_be_audited(demo):
    period = DrawPeriod.objects.get(code="2027-Q1")
    seed = seed_of(SEAL.unseal_text(period.sealed_secret), "")
    audited = {"alma", "bo", "cara"}
    for login in {one.login for one in NAMED} - audited:
        cycle = cycle_of(person(login))
        newly_opened = cycle.starts_on > date(
            2027, 1, 1
        )  # renewed in the demo: its draw lies two years ahead
        assert newly_opened or not is_selected(draw_number(seed, cycle.draw_id), period.rate), login
