"""Each error page renders, has one heading, and needs nothing that may be broken."""

import pytest
from django.http import HttpRequest
from django.shortcuts import render
from django.test import Client, RequestFactory

from recert import views

PAGES = ["400", "403", "403_csrf", "404", "413", "429", "500", "503"]


@pytest.fixture
def request_of_nobody(db) -> HttpRequest:
    """As early as it can fail: no session, no user."""
    return RequestFactory().get("/anything/")


@pytest.mark.parametrize("name", PAGES)
def test_every_error_page_renders_without_a_session_and_uses_no_forbidden_word(request_of_nobody, name):
    page = render(request_of_nobody, f"{name}.html").content.decode()
    assert page.count("<h1>") == 1
    assert "<h1></h1>" not in page
    assert "Recertification</title>" in page
    assert 'href="/"' in page
    text = page.lower().split("<main")[1].split("</main>")[0]
    assert [word for word in ("invalid", "oops", "please note", "forbidden", "error ") if word in text] == []


def test_a_missing_page_gets_the_404_page(client, db):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "We cannot find this page" in answer.content.decode()


def test_the_page_for_a_server_error_uses_no_database_query(django_assert_num_queries):
    answer = views.server_error(RequestFactory().get("/home/"))
    assert answer.status_code == 500
    assert "help@example.org" in answer.content.decode()


def test_a_form_without_its_csrf_token_gets_the_403_page(jordan):
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


@pytest.mark.parametrize("address", ["/help/?q=%00", "/help/?%00=1", "/messages/%00/", "/help/%00"])
def test_a_url_with_a_nul_character_gets_the_400_page(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("address", ["/help/", "/accessibility/", "/privacy/"])
def test_every_public_page_renders(client, db, address):
    page = client.get(address).content.decode()
    assert page.count("<h1>") == 1
    assert "<script" not in page
    assert "style=" not in page


def test_the_content_security_policy_allows_no_inline_script(client, db):
    policy = client.get("/help/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "address", ["/home/", "/account/", "/courses/", "/verify/", "/api/v1/courses/", "/help/"]
)
def test_pages_of_people_may_be_read_and_framed_by_no_other_site(jordan, signed_in, address):
    answer = signed_in(jordan).get(address)
    directives = dict(one.strip().partition(" ")[::2] for one in answer["Content-Security-Policy"].split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in answer


def test_the_date_of_the_demo_is_shown_on_every_page(client, db, settings):
    settings.PORTAL_TODAY = "2027-03-02"
    assert "Demo: shown as on March 2, 2027" in client.get("/help/").content.decode()
    settings.PORTAL_TODAY = ""
    assert "Demo:" not in client.get("/help/").content.decode()


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/claim/", "/account/login/", "/petitions/", "/payments/webhook/"])
def test_unknown_http_methods_are_refused(client, db, address, method):
    answer = client.generic(method, address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("address", ["/claim/", "/account/login/", "/petitions/new/"])
def test_a_form_with_too_much_text_gets_a_sentence_and_logs_no_error(jordan, signed_in, address, caplog):
    browser = Client() if address != "/petitions/new/" else signed_in(jordan)
    answer = browser.post(address, {"title": "x" * 1_100_000, "number": "1"})
    assert answer.status_code == 413
    assert "shorten what you wrote" in answer.content.decode()
    assert "file" not in answer.content.decode().split("<h1>")[1].split("</h1>")[0]
    assert [row for row in caplog.records if row.levelname == "ERROR"] == []


def test_a_urlencoded_form_with_too_much_text_gets_a_sentence_too(client, db):
    body = "number=" + "1" * 1_100_000
    answer = client.post("/claim/", body, "application/x-www-form-urlencoded")
    assert (answer.status_code, "This is too much text" in answer.content.decode()) == (413, True)
