"""Who gets through each kind of door, and what the others are told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from core import access
from recert import context
from tests.factories import TrainerFactory
from trainers.access import trainer_only


def view(request):
    return HttpResponse(str(getattr(request, "credential", "in")))


def ask(door, user, method="get", path="/somewhere/?a=1"):
    request = getattr(RequestFactory(), method)(path)
    request.user = user or AnonymousUser()
    return door(view)(request)


@pytest.mark.parametrize("door", [access.signed_in, trainer_only, access.staff_only])
def test_somebody_unknown_is_led_to_sign_in_and_back(door):
    assert ask(door, None)["Location"] == "/account/login/?next=/somewhere/%3Fa%3D1"


@pytest.mark.parametrize("door", [access.signed_in, trainer_only, access.staff_only])
def test_what_was_posted_is_not_asked_for_again_after_signing_in(door):
    assert ask(door, None, "post")["Location"] == "/account/login/"


def test_a_trainer_comes_in_with_the_credential_at_hand(jordan):
    assert ask(trainer_only, jordan).content == b"1193 4482"


def test_staff_without_a_credential_are_led_to_their_own_side(db):
    assert ask(trainer_only, TrainerFactory(is_staff=True))["Location"] == "/staff/"


def test_an_account_without_a_credential_is_told_so(db):
    answer = ask(trainer_only, TrainerFactory())
    assert answer.status_code == 403
    assert "No certification here" in answer.content.decode()


def test_for_a_trainer_a_page_of_staff_does_not_exist(jordan):
    with pytest.raises(Http404):
        ask(access.staff_only, jordan)


def test_the_door_for_everybody_asks_nothing(jordan):
    assert ask(access.public, None).content == ask(access.public, jordan).content == b"in"


@pytest.mark.parametrize("kind", ["public", "signed_in", "webhook"])
def test_a_view_carries_what_it_declares(kind):
    assert getattr(access, kind)(lambda request: HttpResponse()).access == kind


def labels(user, path):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    links = context.navigation(request)
    return [link.label for link in links], {link.label: link.current for link in links if link.current}


def test_a_trainer_finds_five_links_and_the_courses(jordan):
    names, current = labels(jordan, "/my-courses/12/")
    assert names == ["Home", "My courses", "Petitions", "Renew", "Messages", "Account", "Courses"]
    assert current == {"My courses": "true"}


def test_the_page_itself_is_marked_as_such(jordan):
    assert labels(jordan, "/messages/")[1] == {"Messages": "page"}


def test_staff_without_a_credential_find_nothing_about_one(db):
    assert labels(TrainerFactory(is_staff=True), "/account/")[0] == ["Messages", "Account", "Courses"]


def test_a_visitor_finds_the_rules_the_courses_and_the_way_in(db):
    assert labels(None, "/claim/") == (["How renewal works", "Courses", "Sign in"], {"Sign in": "true"})
