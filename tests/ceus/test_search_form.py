"""Most of the search form is rendered once for many visitors; what each of them typed and chose is their own."""

import pytest

from ceus.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db


def form_of(client, query: str = "") -> str:
    page = client.get(f"/courses/{query}").content.decode()
    return page.partition('role="search"')[2].partition("</form>")[0]


def test_the_field_shows_what_this_visitor_typed_and_nothing_of_the_one_before(client):
    assert 'value="earlier &lt;b&gt; &quot;words&quot;"' in form_of(client, '?q=earlier <b> "words"')
    second = form_of(client, "?q=second")
    assert 'value="second"' in second
    assert "earlier" not in second
    assert "value" not in form_of(client).partition('name="q"')[2].partition(">")[0]


def test_the_fields_that_narrow_show_what_was_chosen_and_are_open_then_only(client):
    assert "<details open>" not in form_of(client)
    chosen = form_of(client, "?format=online&provider=Harbor")
    assert "<details open>" in chosen
    assert '<option value="online" selected>' in chosen
    assert 'value="Harbor"' in chosen
    assert "selected" not in form_of(client).partition('name="format"')[2].partition('value="online"')[2][:10]


def test_a_wrong_choice_has_its_error_and_the_next_visitor_has_none(client):
    assert "Choose a format from the list." in form_of(client, "?format=telepathy")
    assert "Choose a format" not in form_of(client, "?format=online")


def test_a_topic_is_offered_as_soon_as_it_is_there(client):
    assert "Falls" not in form_of(client)
    Topic.objects.create(name="Falls", slug="falls")
    assert '<option value="falls">Falls</option>' in form_of(client)


def test_a_trainer_and_then_a_visitor_get_the_fields_that_are_theirs(jordan, signed_in, client):
    assert "Only courses that close my gap" in form_of(signed_in(jordan))
    assert "close my gap" not in form_of(client)


def test_a_changed_title_of_a_course_is_shown_at_once(client):
    course = factories.CourseFactory(title="Balance & more")
    assert "Balance &amp; more" in client.get("/courses/").content.decode()
    course.title = "Falls"
    course.save()
    page = client.get("/courses/").content.decode()
    assert ("Falls" in page, "Balance" in page) == (True, False)
