"""The certifying body: what leads save, what the environment sets, and where it is shown."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from core.colours import contrast_ratio
from core.errors import Refusal
from core.mail import build_message, render_mail
from core.models import HistoryEntry, Organisation
from core.organisation import (
    accent_stylesheet,
    current_organisation,
    forget_organisation,
    organisation_facts,
    save_organisation,
)
from tests.documents import good

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 2, 19, tzinfo=UTC)
MERIDIAN = {
    "name": "Meridian Institute of Training",
    "short_name": "Meridian",
    "accent": "#0b5d66",
    "postal_address": "400 West Example Street\nPhoenix, AZ 85003",
    "support_email": "care@meridian.example",
    "signer_name": "Lena Whitfield",
    "signer_title": "Director of Certification",
}


def test_without_a_saved_organisation_pages_use_neutral_names():
    facts = organisation_facts(None)
    assert (facts.title, facts.full_name, facts.support_email) == ("Recertification", "", "help@example.org")
    assert (facts.css_url, facts.icon_url, facts.logo_url) == ("", "", "")


def test_a_saved_organisation_is_in_use_at_once_and_its_history_has_the_old_values(lead):
    save_organisation({"name": "Before"}, by=lead, at=AT)
    save_organisation(MERIDIAN, by=lead, at=AT)
    assert current_organisation().title == "Meridian"
    newest = HistoryEntry.objects.filter(subject="core.organisation:1").first()
    assert newest.by == lead
    assert newest.detail["name"] == ["Before", "Meridian Institute of Training"]


def test_saving_an_unchanged_organisation_writes_no_history(lead):
    for _ in range(2):
        save_organisation(MERIDIAN, by=lead, at=AT)
    assert HistoryEntry.objects.filter(subject="core.organisation:1").count() == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"accent": "#ffd24a"}, "accent", "cannot be read on light pages: its contrast is 1.2 to 1"),
        ({"accent": "#0b5d66", "accent_dark": "#0b5d66"}, "accent_dark", "cannot be read on dark pages"),
        ({"accent": "teal"}, "accent", "# and six digits"),
        ({"accent": "#0B5D66"}, "accent", "# and six digits"),
        ({"accent_dark": "#4fc0c9"}, "accent", "for light pages as well"),
        ({"logo": b"x" * 200_001}, "logo", "smaller picture"),
    ],
)
def test_an_unreadable_accent_colour_or_an_oversized_logo_is_refused_at_its_field(
    lead, values, field, sentence
):
    with pytest.raises(Refusal, match=sentence) as refused:
        save_organisation(values, by=lead, at=AT)
    assert refused.value.field == field
    assert not Organisation.objects.exists()


def test_dark_pages_get_a_readable_shade_of_the_accent_colour():
    facts = organisation_facts(Organisation(**MERIDIAN, saved_at=AT))
    assert contrast_ratio(facts.dark_accent, "#1f2d37") >= 4.5
    assert facts.dark_accent in accent_stylesheet(facts)


def test_organisation_values_from_the_environment_override_saved_ones(lead, settings):
    save_organisation(MERIDIAN, by=lead, at=AT)
    settings.ORGANISATION = {"name": "Set by the Operator", "short_name": ""}
    facts = current_organisation()
    assert (facts.name, facts.short_name) == ("Set by the Operator", "Meridian")


def test_the_current_organisation_stylesheet_is_cached_for_a_year_and_an_old_version_is_not(lead):
    save_organisation(MERIDIAN, by=lead, at=AT)
    address = current_organisation().css_url
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--brand: #0b5d66" in answer.content.decode()
    assert Client().get("/organisation.css?v=older")["Cache-Control"] == "no-cache"
    save_organisation({"accent": "#7a1f3d"}, by=lead, at=AT)
    assert current_organisation().css_url != address


def test_pages_name_the_organisation_and_link_to_its_stylesheet(lead):
    save_organisation({**MERIDIAN, "logo": good.png()}, by=lead, at=AT)
    page, facts = Client().get("/help/").content.decode(), current_organisation()
    for words in (
        "<title>Help and contact – Meridian</title>",
        facts.css_url,
        facts.icon_url,
        facts.logo_url,
    ):
        assert words in page
    assert "400 West Example Street" in page
    assert "data:image/png;base64," in Client().get(facts.icon_url).content.decode()
    assert Client().get(facts.logo_url).content == good.png()


def test_without_an_organisation_its_stylesheet_and_logo_urls_give_404():
    assert [Client().get(f"/organisation{end}").status_code for end in (".css", "/logo.png")] == [404, 404]


def test_without_a_logo_the_icon_is_the_mark_in_the_accent_colour(lead):
    save_organisation({"name": "Anybody", "accent": "#7a1f3d"}, by=lead, at=AT)
    assert 'fill="#7a1f3d" fill-rule="evenodd"' in Client().get("/organisation/icon.svg").content.decode()


@pytest.mark.parametrize(
    ("name", "short_name", "lines"),
    [
        ("Meridian Institute of Training", "Meridian", ("Meridian", "Institute of Training")),
        ("Institute of Training, Meridian", "ITM", ("ITM", "Institute of Training, Meridian")),
        ("Meridian", "", ("Meridian", "")),
        ("", "Meridian", ("Meridian", "")),
        ("", "", ("Recertification", "")),
    ],
)
def test_the_two_lines_of_the_page_heading_never_repeat_a_word_of_the_organisations_name(
    name, short_name, lines
):
    facts = organisation_facts(Organisation(name=name, short_name=short_name, saved_at=AT))
    assert (facts.title, facts.second_line) == lines


@pytest.mark.parametrize("accent", ["#0b5d66", "#7a1f3d", "#a13a00", "#6a5d00", "#000000", "#0000ff"])
def test_the_labels_on_the_credential_card_can_be_read_in_every_accent_colour(accent):
    sheet = accent_stylesheet(organisation_facts(Organisation(accent=accent, saved_at=AT)))
    found = dict(re.findall(r"--(card[-a-z0-9]*): (#[0-9a-f]{6})", sheet.partition("@media")[0]))
    assert all(contrast_ratio(found["card-ink-2"], found[ground]) >= 4.5 for ground in ("card", "card-2"))


@pytest.mark.parametrize(
    ("setting", "sender"),
    [
        ("Recertification <mail@example.org>", "Meridian Institute of Training <mail@example.org>"),
        ("mail@example.org", "Meridian Institute of Training <mail@example.org>"),
        ("Renewals Office <mail@example.org>", "Renewals Office <mail@example.org>"),
    ],
)
def test_mails_name_the_organisation_as_sender_and_in_their_footer(lead, settings, setting, sender):
    settings.DEFAULT_FROM_EMAIL = setting
    save_organisation(MERIDIAN, by=lead, at=AT)
    rendered = render_mail("account_erased", {"name": "Jordan"})
    build_message(rendered, to="jordan@example.org", message_id="<a@example.org>", at=AT).send()
    assert mail.outbox[0].from_email == sender
    assert "Questions: care@meridian.example\n\nMeridian Institute of Training\n400 West" in rendered.text
    assert "background: #0b5d66" in rendered.html


def test_a_change_by_another_process_is_seen_once_the_cached_organisation_is_reloaded(lead):
    save_organisation(MERIDIAN, by=lead, at=AT)
    current_organisation()
    Organisation.objects.update(short_name="Elsewhere")
    assert current_organisation().short_name == "Meridian"
    forget_organisation()
    assert current_organisation().short_name == "Elsewhere"
