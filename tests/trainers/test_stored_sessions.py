"""A session is read by one composed query, and ends as Django ends it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings as portal_settings
from django.contrib.sessions.models import Session

from tests.sessions import open_session
from trainers.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_page_reads_its_session_by_one_query(jordan, stranger, django_assert_num_queries):
    keys = {person: open_session(person) for person in (jordan, stranger)}
    for person, key in keys.items():
        store = SessionStore(key)
        with django_assert_num_queries(1):
            assert store["_auth_user_id"] == str(person.pk)
            assert (store.get("nothing"), store.session_key) == (None, key)


@pytest.mark.parametrize("key", ["ended", "unknown"])
def test_a_session_that_ended_or_is_unknown_is_empty_and_gets_another_name(jordan, key):
    known = open_session(jordan)
    if key == "ended":
        row = Session.objects.get()
        Session.objects.update(expire_date=row.expire_date - timedelta(days=400))
    store = SessionStore(known if key == "ended" else "unknown0unknown0")
    assert (store.get("_auth_user_id"), store.session_key) == (None, None)
    store["typed"] = "words"
    store.save()
    assert store.session_key not in (None, known, "unknown0unknown0")


def test_a_session_that_ended_leads_to_the_sign_in_page(jordan, client, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = open_session(jordan)
    assert client.get("/account/").status_code == 200
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    answer = client.get("/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/account/")


def test_the_portal_keeps_its_sessions_in_this_store():
    assert import_module(portal_settings.SESSION_ENGINE).SessionStore is SessionStore
