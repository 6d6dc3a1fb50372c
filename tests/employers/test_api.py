"""An employer's programs: a key with its scope reads the team page by page, and checks up to the number
of a day that the page has, too.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.services import make_key, revoke_key, rotate_key
from core.errors import Refusal
from employers.models import ApiKey
from employers.services.accounts import close_employer
from employers.services.consenting import end_consent
from tests.employers.scenes import consent, gina, lakeside
from tests.factories import CycleFactory
from tests.reading import text_of
from trainers.models import Credential, Trainer

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture
def key(viewer, jordan, stranger, clock_at) -> str:
    """A key of Lakeside with every scope."""
    clock_at("2027-03-02 12:00")
    return a_key()


def a_key(*scopes: str, employer: str = "Lakeside Gym", person: str = "Gina Gym") -> str:
    at = lakeside(employer)
    chosen = scopes or ApiKey.Scope.values
    return make_key(at, kind=ApiKey, name="Planner", scopes=chosen, by=gina(at, person), at=AT)[1]


def send(key: str, path: str, data=None):
    browser = Client(headers={"Authorization": f"Bearer {key}"})
    if data is None:
        return browser.get(f"/api/v1{path}")
    return browser.post(f"/api/v1{path}", data, content_type="application/json")


def check(key: str, *rows: dict[str, str]):
    return send(key, "/certifications/check", {"rows": list(rows)})


def test_a_program_reads_whoever_consents_and_nothing_of_anybody_else(jordan, stranger, key):
    consent(jordan)
    answer = send(key, "/team")
    (one,) = answer.json()["team"]
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (one["name"], one["certification"]) == ("Jordan Rivera", "Certified Personal Trainer")
    assert (one["state"], one["through"], one["not_since"]) == ("ends_soon", "2027-03-14", None)
    for hidden in ("11934482", "jordan@example.org", stranger.name):
        assert hidden not in answer.content.decode().replace(" ", "")
    elsewhere = a_key(employer="Other Gym", person="Otto Other")
    assert send(elsewhere, "/team").json()["team"] == []
    consent(jordan, lakeside("Other Gym"))
    (again,) = send(elsewhere, "/team").json()["team"]
    assert again["id"] != one["id"] == send(key, "/team").json()["team"][0]["id"]


def test_the_team_follows_a_suspension_and_the_end_of_the_consent_at_once(jordan, key):
    given = consent(jordan)
    Credential.objects.filter(trainer=jordan).update(state="suspended", state_on=date(2027, 2, 1))
    (one,) = send(key, "/team").json()["team"]
    assert (one["state"], one["through"], one["not_since"]) == ("not_in_force", None, "2027-02-01")
    end_consent(given, by=jordan, at=AT)
    assert send(key, "/team").json()["team"] == []


def test_the_team_is_paged_by_a_cursor_with_as_many_queries_for_many_as_for_few(jordan, key):
    counts, _ = [], send(key, "/team")  # the first request notes when the key was used
    for number in range(4):
        trainer = CycleFactory(
            expires_on=date(2028, 3, 14), credential__number=f"500{9 - number}"
        )  # numbers fall while keys rise
        consent(trainer.credential.trainer)
        if number in (0, 3):
            with CaptureQueriesContext(connection) as queries:
                send(key, "/team")
            counts.append(len(queries))
    assert counts[0] == counts[1]
    names, cursor = [], ""
    while cursor is not None:
        page = send(key, f"/team?limit=3&cursor={cursor}").json()
        names += [one["name"] for one in page["team"]]
        cursor = page["next_cursor"]
    assert len(names) == len(set(names)) == 4
    assert send(key, "/team?cursor=nonsense").status_code == 400


def test_a_check_answers_each_row_as_the_public_check_would_and_uses_the_day_of_the_page(
    key, viewer, signed_in, settings
):
    settings.EMPLOYER_CHECKS_PER_DAY = 4
    rows = [{"number": "1193 4482", "family_name": "Rivera"}, {"number": "1193-4482"}, {"number": "nothing?"}]
    answers = check(key, *rows, {"number": "99999999", "family_name": "Rivera"}).json()["rows"]
    assert [one["state"] for one in answers] == ["in_force", "in_force", "not_checked", "no_match"]
    assert [one["name"] for one in answers] == ["Jordan Rivera", None, None, None]
    assert [one["through"] for one in answers] == ["2027-03-14", None, None, None]
    refused = check(key, *rows)
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert "You can check 4 numbers a day, and 1 are left today." in refused.json()["detail"]
    page = signed_in(viewer)
    assert page.post("/employer/check/", {"people": "1193 4482"}).status_code == 200
    assert check(key, {"number": "1193 4482"}).status_code == 429


def test_a_thousand_checks_need_few_queries_and_one_more_is_refused(key, django_assert_max_num_queries):
    rows = [{"number": "1193 4482", "family_name": "Rivera"}] * 1000
    with django_assert_max_num_queries(12):
        assert len(check(key, *rows).json()["rows"]) == 1000
    assert check(key, *rows, rows[0]).status_code == 422
    assert check(key).status_code == 422


def test_a_key_without_the_scope_or_revoked_or_of_a_closed_employer_opens_nothing(key, registrar, clock_at):
    team_alone = a_key("team")
    assert check(team_alone, {"number": "1"}).status_code == 403
    assert send("ek_nothing_nothing", "/team").status_code == 401
    row = ApiKey.objects.get(scopes=["team"])
    _, newer = rotate_key(row, by=gina(), at=AT)
    with pytest.raises(Refusal, match="The key before this one still works"):
        rotate_key(ApiKey.objects.get(replaces=row), by=gina(), at=AT)
    clock_at("2027-03-09 11:00")
    assert {send(one, "/team").status_code for one in (team_alone, newer)} == {200}
    clock_at("2027-03-09 13:00")
    assert send(team_alone, "/team").status_code == 401
    revoke_key(ApiKey.objects.get(replaces=row), by=gina(), at=AT + timedelta(days=8))
    assert send(newer, "/team").status_code == 401
    close_employer(lakeside(), by=registrar, at=AT, reason="It is gone.")
    assert send(key, "/team").status_code == 401


def test_a_form_sent_to_the_api_is_answered_as_a_problem(key):
    browser = Client(headers={"Authorization": f"Bearer {key}"})
    answer = browser.post("/api/v1/certifications/check", {"rows": "1193 4482"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_two_kinds_of_key_with_one_number_have_a_limit_each(key, settings):
    from providers.models import ApiKey as ProviderKey
    from tests.providers.scenes import harbor, penny

    settings.API_REQUESTS_PER_MINUTE = 1
    made, other = make_key(harbor(), kind=ProviderKey, name="Moodle", scopes=["courses"], by=penny(), at=AT)
    ProviderKey.objects.filter(pk=made.pk).update(id=ApiKey.objects.get().pk)
    assert [send(key, "/team").status_code for _ in range(2)] == [200, 429]
    assert send(other, "/courses").status_code == 200


def test_a_key_is_made_shown_once_and_revoked_after_a_question_by_the_employers_people_alone(
    viewer, signed_in, jordan, clock_at
):
    clock_at("2027-03-02 12:00")
    page = signed_in(viewer)
    assert page.post("/employer/keys/", {"name": "Planner"}).status_code == 422
    shown = text_of(page.post("/employer/keys/", {"name": "Planner", "scopes": ["team"]}))
    made = ApiKey.objects.get()
    assert (f"ek_{made.prefix}_" in shown, made.employer, made.made_by) == (True, lakeside(), viewer)
    address = f"/employer/keys/{made.pk}/revoke/"
    other = signed_in(gina(lakeside("Other Gym"), "Otto Other"))
    assert {other.get(address).status_code, other.post(address).status_code} == {404}
    assert "This cannot be undone." in text_of(page.get(address))
    made.refresh_from_db()
    assert made.revoked_at is None
    page.post(address)
    made.refresh_from_db()
    assert made.revoked_by == Trainer.objects.get(pk=viewer.pk)
    with pytest.raises(Refusal, match="replaced or revoked already"):
        rotate_key(made, by=viewer, at=AT)
