"""The masthead is rendered once for many people; the name in it and the token of its form are each person's own."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from core.models import Organisation
from core.organisation import forget_organisation

pytestmark = pytest.mark.django_db


def masthead_of(client) -> str:
    page = client.get("/courses/").content.decode()
    return page.partition('<header class="masthead">')[2].partition("</header>")[0]


def test_two_people_see_their_own_names_and_a_visitor_sees_none(jordan, stranger, signed_in):
    first, second, visitor = (masthead_of(one) for one in (signed_in(jordan), signed_in(stranger), Client()))
    assert ("Jordan Rivera" in first, "Sam Stranger" in first) == (True, False)
    assert ("Jordan Rivera" in second, "Sam Stranger" in second) == (False, True)
    assert ("Sign in" in visitor, "own-name" in visitor, "csrf" in visitor) == (True, False, False)


@pytest.mark.parametrize("name", ["<!--csrf-->", "<!--own name--><script>", "Zoë & Co"])
def test_a_name_is_shown_as_text_whatever_it_holds(jordan, signed_in, name):
    jordan.name = name
    jordan.save()
    shown = masthead_of(signed_in(jordan)).partition('<span class="own-name">')[2].partition("</span>")[0]
    assert shown == name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_the_form_to_sign_out_works_for_each_of_two_people(jordan, stranger, signed_in):
    for person in (jordan, stranger):
        client = signed_in(person, enforce_csrf_checks=True)
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', masthead_of(client))[1]
        answer = client.post("/account/logout/", {"csrfmiddlewaretoken": token})
        assert answer.status_code == 302


def test_another_title_of_the_body_is_shown_at_once(client):
    assert "Harbor Institute" not in masthead_of(client)
    Organisation.objects.create(
        pk=Organisation.ONLY, name="Harbor Institute", saved_at=datetime(2026, 5, 3, tzinfo=UTC)
    )
    forget_organisation()
    assert "Harbor Institute" in masthead_of(client)
