"""Staff add, rename and close employers and invite their people: who may, what is asked first, who was faster."""

import pytest
from django.urls import reverse

from core.errors import Refusal
from core.models import HistoryEntry
from employers.models import ApiKey, Employer, EmployerPerson
from employers.services import close_employer, invite_employer_person
from outbox.models import Notice
from tests.cast import colleague
from tests.employers.scenes import AT, consent, gina, lakeside, leave_a_key
from tests.reading import text_of

pytestmark = pytest.mark.django_db
GUS = {"name": "Gus Gym", "email": "gus@lakeside.example.org"}
WHY = {"reason": "It is gone."}
OTHERS = ["reviewer", "finance", "read_only", "stranger", "gina"]


@pytest.fixture(autouse=True)
def _today(clock_at) -> None:
    clock_at("2026-06-15 12:00")


def page(name: str, row: Employer | EmployerPerson | None = None) -> str:
    kind = "employerperson" if isinstance(row, EmployerPerson) else "employer"
    return reverse(f"admin:employers_{kind}_{name}", args=[row.pk] if row else [])


def verbs(row: Employer) -> list[str]:
    rows = HistoryEntry.objects.filter(subject=f"employers.employer:{row.pk}").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def test_a_registrar_adds_an_employer_and_renames_it_with_both_names_in_the_history(registrar, signed_in):
    desk = signed_in(registrar)
    assert desk.post(page("add"), {"name": " Lakeside Gym "}).status_code == 302
    employer = Employer.objects.get(name="Lakeside Gym")
    seen = desk.get(page("change", employer)).context["adminform"].form.initial["seen"]
    desk.post(page("change", employer), {"name": "Lakeside Club", "seen": seen})
    employer.refresh_from_db()
    assert (employer.name, verbs(employer)) == ("Lakeside Club", ["added", "renamed"])
    told = HistoryEntry.objects.get(verb="renamed")
    assert (told.by, told.detail) == (registrar, {"name": ["Lakeside Gym", "Lakeside Club"]})


def test_the_second_of_two_who_rename_an_employer_reads_who_was_first(registrar, lead, signed_in):
    employer = lakeside()
    desks = [signed_in(registrar), signed_in(lead)]
    seen = desks[0].get(page("change", employer)).context["adminform"].form.initial["seen"]
    desks[0].post(page("change", employer), {"name": "Lakeside Club", "seen": seen})
    late = desks[1].post(page("change", employer), {"name": "Lakeside Center", "seen": seen})
    assert (late.status_code, "Rae Registrar saved this" in text_of(late)) == (422, True)
    employer.refresh_from_db()
    assert employer.name == "Lakeside Club"


def test_a_name_that_somebody_else_took_a_moment_ago_is_refused_in_words(registrar, signed_in, monkeypatch):
    lakeside()
    monkeypatch.setattr("staff.employers.forms.EmployerForm.validate_unique", lambda form: None)
    answer = signed_in(registrar).post(page("add"), {"name": "Lakeside Gym"}, follow=True)
    assert "There is an employer of this name already." in text_of(answer)
    assert Employer.objects.count() == 1


def test_closing_an_employer_asks_why_and_ends_people_keys_and_consents_once(jordan, registrar, signed_in):
    employer, desk = lakeside(), signed_in(registrar)
    given, key = consent(jordan), leave_a_key()
    asked = text_of(desk.get(page("close", employer)))
    assert "Its people are signed out" in asked
    refused = desk.post(page("close", employer), {"reason": " "})
    assert (refused.status_code, Employer.objects.open().count()) == (422, 1)
    for _ in range(2):
        assert desk.post(page("close", employer), WHY).status_code == 302
    for row in (employer, given, key):
        row.refresh_from_db()
    assert (employer.state, given.state, key.revoked_by) == ("closed", "ended", registrar)
    assert verbs(employer).count("closed") == 1
    assert not EmployerPerson.objects.open().exists()
    shown = desk.get(page("change", employer)).content.decode()
    assert "Close the employer" not in shown
    assert 'name="name"' not in shown


def test_an_invitation_is_shown_before_it_is_sent_and_a_second_one_voids_its_link(registrar, signed_in):
    employer, desk = lakeside(), signed_in(registrar)
    shown = text_of(desk.post(page("invite", employer), GUS))
    assert "Rae Registrar invites" in shown
    assert not EmployerPerson.objects.exists()
    desk.post(page("invite", employer), {**GUS, "confirmed": "yes"})
    role = EmployerPerson.objects.get()
    again = page("again", role)
    assert "The link that was sent before works no more." in text_of(desk.get(again))
    desk.post(again, {"confirmed": "yes"})
    states = Notice.objects.filter(kind="employers.invited").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["superseded", "due"]
    twice = desk.post(page("invite", employer), {**GUS, "confirmed": "yes"})
    assert (twice.status_code, "They are invited already." in text_of(twice)) == (422, True)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_registrars_and_leads_changes_an_employer_or_its_people(
    who, jordan, stranger, registrar, signed_in
):
    employer = lakeside()
    role = invite_employer_person(employer, **GUS, by=registrar, at=AT)
    by = {"stranger": stranger, "gina": gina()}.get(who) or colleague(who)
    browser, before = signed_in(by), HistoryEntry.objects.count()
    for address in (
        *(page("add"), page("change", employer), page("invite", employer), page("close", employer)),
        *(page("again", role), page("end", role)),
    ):
        answer = browser.post(address, {**GUS, **WHY, "confirmed": "yes"})
        assert answer.status_code in (403, 404), address
    assert HistoryEntry.objects.count() == before
    assert list(Employer.objects.values_list("name", "state")) == [("Lakeside Gym", "open")]


def test_a_closed_employer_can_be_neither_renamed_nor_given_people(registrar, signed_in):
    employer = close_employer(lakeside(), by=registrar, at=AT, **WHY)
    desk = signed_in(registrar)
    assert desk.post(page("change", employer), {"name": "New"}).status_code == 403
    answer = desk.post(page("invite", employer), {**GUS, "confirmed": "yes"})
    assert answer.status_code == 422
    assert not EmployerPerson.objects.filter(employer=employer).open().exists()


@pytest.mark.parametrize("who", OTHERS)
def test_only_a_registrar_or_lead_revokes_a_key_of_an_employer_and_after_a_question(
    who, stranger, registrar, signed_in
):
    key = leave_a_key()
    address = reverse("admin:employers_apikey_revoke", args=[key.pk])
    by = {"stranger": stranger, "gina": gina()}.get(who) or colleague(who)
    refused = signed_in(by).post(address)
    assert refused.status_code in (302, 403, 404)
    assert not ApiKey.objects.filter(revoked_at__isnull=False).exists()
    desk = signed_in(registrar)
    assert "This cannot be undone." in text_of(desk.get(address))
    assert "The key works no more." in text_of(desk.post(address, follow=True))
    assert ApiKey.objects.get().revoked_by == registrar
    assert "Revoke…" not in text_of(desk.get(reverse("admin:employers_apikey_change", args=[key.pk])))


def test_the_page_that_ends_a_role_says_that_the_keys_of_the_person_are_revoked_with_it(registrar, signed_in):
    leave_a_key()
    role = EmployerPerson.objects.get(person=gina())
    desk = signed_in(registrar)
    assert "API keys that they made: 1." in text_of(desk.get(page("end", role)))
    desk.post(page("end", role), WHY)
    assert ApiKey.objects.get().revoked_by == registrar


def test_nobody_is_invited_to_an_employer_that_was_closed_a_moment_ago(registrar):
    employer = lakeside()
    close_employer(employer, by=registrar, at=AT, reason="It is gone.")
    with pytest.raises(Refusal, match="Lakeside Gym is closed. Nobody can be invited."):
        invite_employer_person(employer, email=GUS["email"], name=GUS["name"], by=registrar, at=AT)
