"""Who may open each kind of view, and what the others get."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from core import access
from recert import context
from tests.factories import TrainerFactory
from trainers.access import trainer_only


def view(request):
    return HttpResponse(str(getattr(request, "credential", "in")))


def ask(door, user, method="get", path="/somewhere/?a=1"):
    request = getattr(RequestFactory(), method)(path)
    request.user, request.session = user or AnonymousUser(), {}
    return door(view)(request)


@pytest.mark.parametrize("door", [access.signed_in, trainer_only])
def test_a_visitor_is_redirected_to_sign_in_and_afterwards_to_the_requested_page(door):
    assert ask(door, None)["Location"] == "/account/login/?next=/somewhere/%3Fa%3D1"


@pytest.mark.parametrize("door", [access.signed_in, trainer_only])
def test_the_post_of_a_visitor_is_not_repeated_after_signing_in(door):
    assert ask(door, None, "post")["Location"] == "/account/login/"


def test_the_trainer_only_decorator_passes_the_credential_to_the_view(jordan):
    assert ask(trainer_only, jordan).content == b"1193 4482"


def test_staff_without_a_credential_are_redirected_to_the_staff_site(reviewer):
    assert ask(trainer_only, reviewer)["Location"] == "/staff/"


def test_an_account_without_a_credential_gets_a_page_that_says_so(db):
    answer = ask(trainer_only, TrainerFactory())
    assert answer.status_code == 403
    assert "No certification here" in answer.content.decode()


def test_a_public_view_is_open_to_everybody(jordan):
    assert ask(access.public, None).content == ask(access.public, jordan).content == b"in"


@pytest.mark.parametrize("kind", ["public", "signed_in", "webhook"])
def test_a_view_stores_the_access_that_its_decorator_declares(kind):
    assert getattr(access, kind)(lambda request: HttpResponse()).access == kind


def labels(user, path, list_of=context.navigation_links):
    request = RequestFactory().get(path)
    request.user, request.session = user or AnonymousUser(), {}
    links = list_of(request)
    return [link.label for link in links], {link.label: link.current for link in links if link.current}


def test_the_navigation_of_a_trainer_has_four_links_and_marks_the_page_above_the_current_one(jordan):
    names, current = labels(jordan, "/my-courses/12/")
    assert names == ["Home", "My courses", "Renew", "Certificate"]
    assert current == {"My courses": "true"}


def test_the_menu_of_a_trainer_has_the_other_pages_and_marks_the_current_one(jordan):
    names, current = labels(jordan, "/messages/", context.menu_links)
    assert names == ["Petitions", "Payments", "Messages", "Find a course", "Account"]
    assert current == {"Messages": "page"}


def test_staff_without_a_credential_get_no_credential_links(reviewer):
    assert labels(reviewer, "/account/")[0] == []
    assert labels(reviewer, "/account/", context.menu_links)[0] == ["Messages", "Find a course", "Account"]


def test_the_navigation_of_a_visitor_has_the_public_check_and_no_menu(db):
    names = ["How renewal works", "What it costs", "Courses", "Check a certification"]
    assert labels(None, "/verify/99999999/") == (names, {"Check a certification": "true"})
    assert labels(None, "/", context.menu_links) == ([], {})
