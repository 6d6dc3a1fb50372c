"""Every form of the table, filled in wrongly: a 4xx with a sentence at the field, nothing changed, what was typed kept."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from ceus.models import CeuRecord
from petitions.models import Petition
from tests.access.bad_desk_input import DESK_LOOKED_AT
from tests.access.bad_employer_input import EMPLOYER_LOOKED_AT
from tests.access.bad_input import (
    BAD_FILES,
    EXTRA,
    FORMS,
    LOOKED_AT,
    NOWHERE,
    QUERIES,
    STAFF_ACTIONS,
    STAFF_ANSWERS,
)
from tests.access.bad_organisation_input import ORGANISATION_LOOKED_AT
from tests.access.bad_policy_input import POLICY_LOOKED_AT, POLICY_NOWHERE
from tests.access.bad_provider_input import PROVIDER_LOOKED_AT
from tests.access.bad_staff_input import STAFF_LOOKED_AT
from tests.access.filling import ALL_FORMS, ROUTES, all_rows, form_in
from tests.audits.scenes import open_periods
from tests.documents.hostile import HOSTILE
from tests.petitions.scenes import SHORTEST_FORM

LONGEST_POST = 1_000_000
# Fields for which it is no good once the half character is gone: numbers, addresses, lists, names and tokens.
NO_PLAIN_TEXT = {"hours", "what", "kind", "topic", "provider_link", "name", "front-kept", "back-kept"}
every_form = pytest.mark.parametrize("form", ALL_FORMS, ids=str)


@pytest.fixture(autouse=True)
def _draw_periods(db) -> None:
    """Every cycle is chosen for an audit."""
    open_periods(rate="1")


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(storage) -> None:
    """No test reads what another one uploaded."""


@every_form
def test_an_invalid_value_gets_an_error_at_its_field_and_changes_nothing(form, filled):
    filled.keep_files()
    before = all_rows()
    for bad, typed in form.all_bad():
        answer, shown = filled.post(**typed), f"{bad.field}: {str(typed)[:100]!r}"
        if sum(map(len, typed.values())) >= LONGEST_POST:
            assert answer.status_code == 413, shown
            continue
        page = answer.content.decode()
        assert answer.status_code == 422, shown
        assert bad.sentence in page, shown
        assert not bad.field or bad.field in form_in(answer).errors, shown
        if bad.is_typed():
            kept = [text.strip() for text in typed.values() if text.isprintable()]
            assert [text for text in kept if escape(text) not in page] == [], shown
    assert all_rows() == before


@pytest.mark.parametrize("form", [form for form in ALL_FORMS if form.required], ids=str)
def test_an_empty_form_shows_an_error_at_every_required_field(form, filled):
    answer = filled.browser.post(filled.address, {})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert set(form_in(answer).errors) == set(form.required)


@pytest.mark.parametrize("form", [form for form in FORMS if form.by == "jordan" and form.bad], ids=str)
def test_a_lone_surrogate_is_refused_or_removed_and_never_stored(form, filled):
    for name in dict.fromkeys(name for bad in form.bad for typed in bad.posts() for name in typed):
        body = urlencode({key: value for key, value in filled.data.items() if key != name})
        answer = filled.browser.post(
            filled.address, f"{body}&{name}=%ED%A0%80", "application/x-www-form-urlencoded"
        )
        if name.endswith(("_month", "_day", "_year")):
            assert answer.status_code == 422, name
            assert "in numbers" in answer.content.decode()
        else:
            taken = {"petitions:another_look": 409, "renewals:verify_list": 200}.get(form.route, 302)
            assert answer.status_code == (422 if name in NO_PLAIN_TEXT else taken), name
    assert "\\ud800" not in ascii(all_rows())


@every_form
def test_too_many_fields_or_too_much_text_is_refused(form, filled):
    before = all_rows()
    assert (
        filled.browser.post(filled.address, {f"f{number}": "x" for number in range(1001)}).status_code == 400
    )
    for name in ("first", *list(form.good)[:1]):
        assert filled.browser.post(filled.address, {name: "x" * 1_100_000}).status_code == 413
    assert all_rows() == before


@pytest.mark.parametrize("form", [form for form in ALL_FORMS if form.upload], ids=str)
def test_an_invalid_file_is_refused_at_its_field_and_not_kept(form, filled):
    before = all_rows()
    hostile_files = {
        kind: make() for kind, (_, make) in [*HOSTILE.items()][::12]
    }  # all of them: tests/documents
    for field in form.upload:
        for name, content in {
            **BAD_FILES,
            **(hostile_files if form.route == "audits:document" else {}),
        }.items():
            answer = filled.post(**{field: SimpleUploadedFile(name, content)})
            assert answer.status_code == 422, (field, name)
            assert list(answer.context["form"].errors) == [field], (field, name)
    assert all_rows() == before


def test_a_card_file_posted_for_a_course_under_audit_is_refused(audit, jordan, signed_in, picture):
    browser, address = signed_in(jordan), ROUTES["audits:document"].address(audit)
    before = all_rows()
    assert browser.post(address, {"card_front": picture()}).status_code == 422
    assert all_rows() == before


COURSES = [form for form in FORMS if form.route.startswith("ceus:") and form.required]
PETITIONS = [form for form in FORMS if form.route.startswith("petitions:") and form.required]


@pytest.mark.parametrize("form", COURSES, ids=str)
def test_posted_extra_fields_do_not_change_a_course_record(form, filled, jordan, stranger):
    assert filled.post().status_code == 302
    record = CeuRecord.objects.get(completed_on=date(2026, 5, 3))
    assert (record.credential.trainer, record.reported_by_provider, record.claimed_for) == (
        jordan,
        False,
        None,
    )
    told = {
        ("ceus:log", "course_to_log"): (jordan, 40, "pending"),
        ("ceus:card", "no_card"): (jordan, 10, "accepted"),
        ("ceus:change", "record"): (None, 40, "accepted"),
        ("ceus:change", "card"): (None, 10, "accepted"),
    }
    assert (record.logged_by, record.hundredths, record.state) == told[form.route, form.scene]


@pytest.mark.parametrize("form", PETITIONS, ids=str)
def test_posted_extra_fields_do_not_change_a_petition(form, filled, jordan, stranger):
    assert filled.browser.post(filled.address, {**EXTRA, **SHORTEST_FORM}).status_code == 302
    petition = Petition.objects.get()
    assert (petition.trainer, petition.credential.trainer) == (jordan, jordan)
    assert (petition.state, petition.charge, petition.record) == ("draft", None, None)
    assert (petition.asked_hundredths, petition.category, petition.received_at) == (None, "education", None)


@pytest.mark.parametrize(
    ("who", "scene", "routes"),
    [
        *(*LOOKED_AT, *STAFF_LOOKED_AT, *DESK_LOOKED_AT, *PROVIDER_LOOKED_AT, *EMPLOYER_LOOKED_AT),
        *(*ORGANISATION_LOOKED_AT, *POLICY_LOOKED_AT),
    ],
)
def test_no_http_method_except_post_changes_data(request, signed_in, who, scene, routes):
    values = request.getfixturevalue(scene)
    browser, before = signed_in(request.getfixturevalue(who)), all_rows()
    for method in ("get", "head", "put", "delete", "patch", "options"):
        for route in routes:
            answer = getattr(browser, method)(ROUTES[route].address(values))
            assert answer.status_code < 500, (method, route)
    assert all_rows() == before


def test_staff_with_read_only_access_cannot_change_an_audit(judged_audit, read_only, signed_in):
    browser, before = signed_in(read_only), all_rows()
    for route in STAFF_ACTIONS:
        assert browser.post(ROUTES[route].address(judged_audit), STAFF_ANSWERS).status_code == 403, route
    assert browser.get(ROUTES["admin:audits_audit_review"].address(judged_audit)).status_code == 200
    assert all_rows() == before


def test_staff_cannot_change_their_own_audit(sent_audit, jordan, reviewer, second_lead, signed_in):
    jordan.is_staff = True
    jordan.groups.set([*reviewer.groups.all(), *second_lead.groups.all()])
    jordan.save()
    browser, before = signed_in(jordan), all_rows()
    page = browser.get(ROUTES["admin:audits_audit_pass"].address(sent_audit))
    seen = page.context["form"].initial["seen"]
    for route in STAFF_ACTIONS:
        answer = browser.post(ROUTES[route].address(sent_audit), {**STAFF_ANSWERS, "seen": seen})
        assert answer.status_code == 422, route
        assert "audititem" not in route or "Somebody else must decide" in answer.content.decode(), route
    assert all_rows() == before


def test_the_url_of_a_missing_row_gives_404(audit, jordan, signed_in):
    browser = signed_in(jordan)
    asked = {path[:60]: browser.get(path.format(ref=audit["ref"])).status_code for path in NOWHERE}
    assert {path: status for path, status in asked.items() if status != (400 if "%00" in path else 404)} == {}


@pytest.mark.parametrize("scene", ["asks_facts", "asks_cards"])
def test_a_way_a_yearly_fee_and_a_card_that_do_not_exist_lead_back_or_give_404(
    request, jordan, signed_in, scene
):
    request.getfixturevalue(scene)
    browser = signed_in(jordan)
    asked = {path[:60]: browser.get(path).status_code for path, _ in POLICY_NOWHERE}
    assert asked == {path[:60]: status for path, status in POLICY_NOWHERE}
    assert browser.get("/renew/way/%00/").status_code == 400


@pytest.mark.parametrize("address", QUERIES)
def test_no_query_string_on_a_list_page_causes_a_server_error(sent_audit, reviewer, signed_in, address):
    refused = any(text in address for text in ("%00", "state__exact", "password"))
    assert signed_in(reviewer).get(address).status_code == (400 if refused else 200)
