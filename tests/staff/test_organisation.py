"""The page on which leads set the name and the looks of the certifying body."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import HistoryEntry, Organisation
from core.organisation import current_organisation
from tests.documents import good, hostile

pytestmark = pytest.mark.django_db
PAGE = "/staff/organisation/"
TYPED = {
    "name": "Meridian Institute of Training",
    "short_name": "Meridian",
    "accent": "#0b5d66",
    "signer_name": "Lena Whitfield",
    "signer_title": "Director of Certification",
    "seen": "0",
}


def tokens_of(answer) -> dict[str, str]:
    """Return the signed pictures that the page posts on to its next step."""
    data = answer.context["form"].data
    return {name: data[name] for name in ("logo_kept", "signature_kept")}


def test_a_lead_previews_changes_of_the_organisation_before_saving(lead, signed_in):
    browser = signed_in(lead)
    shown = browser.post(PAGE, {**TYPED, "look": "yes"})
    assert shown.status_code == 200
    assert "Nothing is saved yet." in shown.content.decode()
    assert not Organisation.objects.exists()
    done = browser.post(PAGE, {**TYPED, "confirmed": "yes"})
    assert done.status_code == 302
    assert current_organisation().title == "Meridian"
    assert "Lee Lead" in browser.get(PAGE).content.decode()


def test_an_uploaded_logo_is_scaled_down_and_kept_between_preview_and_saving(lead, signed_in):
    browser = signed_in(lead)
    logo = SimpleUploadedFile("logo.png", good.png(), "image/png")
    shown = browser.post(PAGE, {**TYPED, "logo": logo, "look": "yes"})
    browser.post(PAGE, {**TYPED, **tokens_of(shown), "confirmed": "yes"})
    assert bytes(Organisation.objects.get().logo).startswith(b"\x89PNG")
    assert "Show no logo" in browser.get(PAGE).content.decode()
    seen = HistoryEntry.objects.latest("pk").pk
    browser.post(PAGE, {**TYPED, "seen": seen, "logo_gone": "on", "confirmed": "yes"})
    assert bytes(Organisation.objects.get().logo) == b""


@pytest.mark.parametrize("content", [hostile.HTML, hostile.ZIP, b"", good.pdf()])
def test_a_logo_that_is_not_a_picture_is_refused_and_the_other_input_is_kept(lead, signed_in, content):
    sent = SimpleUploadedFile("logo.png", content, "image/png")
    answer = signed_in(lead).post(PAGE, {**TYPED, "logo": sent, "look": "yes"})
    assert answer.status_code == 422
    assert "logo" in answer.context["form"].errors
    assert "Lena Whitfield" in answer.content.decode()


def test_a_forged_token_of_an_uploaded_logo_is_not_saved(lead, signed_in):
    signed_in(lead).post(PAGE, {**TYPED, "logo_kept": "PHN2Zz4=:forged", "confirmed": "yes"})
    assert bytes(Organisation.objects.get().logo) == b""


def test_the_second_of_two_leads_saving_the_organisation_gets_the_name_of_the_first(
    lead, second_lead, signed_in
):
    signed_in(lead).post(PAGE, {**TYPED, "confirmed": "yes"})
    answer = signed_in(second_lead).post(PAGE, {**TYPED, "name": "Other", "confirmed": "yes"})
    assert answer.status_code == 422
    assert "Lee Lead changed this page before you." in answer.content.decode()
    assert Organisation.objects.get().name == TYPED["name"]


def test_organisation_values_set_in_the_environment_are_shown_and_cannot_be_changed(
    lead, signed_in, settings
):
    settings.ORGANISATION = {"name": "Set by the Operator", "support_email": "ops@example.org"}
    browser = signed_in(lead)
    assert "(ORGANISATION_NAME in its environment)" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {**TYPED, "confirmed": "yes"})
    assert Organisation.objects.get().name == ""
    assert current_organisation().name == "Set by the Operator"


@pytest.mark.parametrize("role", ["reviewer", "finance", "registrar", "read_only"])
def test_other_roles_may_not_open_the_organisation_page(request, signed_in, role):
    assert signed_in(request.getfixturevalue(role)).get(PAGE).status_code == 403


def test_the_organisation_page_gives_a_trainer_404(stranger, signed_in):
    assert signed_in(stranger).get(PAGE).status_code == 404
