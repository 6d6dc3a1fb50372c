"""The pages on which staff read every message before anybody gets it: who may, that nothing is written, and that nothing runs."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from outbox.examples import all_examples, example_of, mail_of
from outbox.models import Notice
from tests.emails.reading import golden_of, path_of

pytestmark = pytest.mark.django_db
LIST = "admin:outbox_notice_examples"
RENEWED = ("renewals.renewed", "approved")


def page(name: str, *parts: str) -> str:
    return reverse(f"admin:outbox_notice_{name}", args=parts)


def test_the_list_of_message_previews_links_to_every_example(onlooker, desk):
    text = desk(onlooker).get(reverse(LIST)).content.decode()
    for one in all_examples():
        assert f'href="{page("example", one.kind.kind, one.state)}"' in text


def test_the_list_of_message_previews_shows_trigger_send_time_and_whether_optional(onlooker, desk):
    text = desk(onlooker).get(reverse(LIST)).content.decode()
    assert "90 days before the expiration date" in text
    assert "9 to 11 am; later that day at once" in text
    assert "Optional reminder" in text


def test_a_message_preview_shows_the_text_of_its_golden_file(onlooker, desk, settings):
    settings.PORTAL_URL = "https://portal.example.org"
    response = desk(onlooker).get(page("example", *RENEWED))
    mail = response.context["mail"]
    assert golden_of(mail) == path_of(example_of(*RENEWED)).read_text(encoding="utf-8")
    assert "You are certified through June 30, 2028." in response.content.decode()


def test_a_message_preview_shows_the_html_in_a_frame_without_scripts(onlooker, desk):
    response = desk(onlooker).get(page("example", *RENEWED))
    assert f'sandbox src="{page("example_html", *RENEWED)}"' in response.content.decode()
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_the_html_preview_page_is_exactly_the_mail_and_loads_nothing_external(onlooker, desk):
    response = desk(onlooker).get(page("example_html", *RENEWED))
    assert response.content.decode() == mail_of(example_of(*RENEWED)).html
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_viewing_message_previews_creates_no_notice_and_no_history(onlooker, desk):
    client = desk(onlooker)
    before = (Notice.objects.count(), HistoryEntry.objects.count())
    for address in (reverse(LIST), page("example", *RENEWED), page("example_html", *RENEWED)):
        assert client.get(address).status_code == 200
    assert (Notice.objects.count(), HistoryEntry.objects.count()) == before


@pytest.mark.parametrize("name", ["example", "example_html"])
@pytest.mark.parametrize("parts", [("renewals.renewed", "nothing"), ("no.kind", "approved"), ("..", "x")])
def test_an_unknown_message_preview_gives_404(onlooker, desk, name, parts):
    assert desk(onlooker).get(page(name, *parts)).status_code == 404


def test_visitors_and_trainers_cannot_see_the_message_previews(jordan, signed_in, client):
    for address in (reverse(LIST), page("example", *RENEWED), page("example_html", *RENEWED)):
        assert client.get(address).status_code == 302
        assert signed_in(jordan).get(address).status_code == 404


def test_staff_without_the_permission_cannot_see_the_message_previews(jordan, desk):
    jordan.is_staff = True
    jordan.save()
    for address in (reverse(LIST), page("example", *RENEWED), page("example_html", *RENEWED)):
        assert desk(jordan).get(address).status_code == 403
