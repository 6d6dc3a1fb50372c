"""Every route, asked by everybody. A route that declares nothing fails here; so does one that shows Jordan's things to others."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from core import clock
from core.access import access_of
from documents.models import Document
from documents.names import page_name, thumbnail_name
from outbox.models import Notice
from renewals.pages.calendar_feed import feed_address
from tests import factories
from tests.access.routes import Route, all_routes, area_of
from tests.audits.scenes import an_audit
from tests.petitions import scenes
from trainers.allauth_internals import activate_authenticator
from trainers.models import Cycle, Trainer
from trainers.services.feed import make_feed
from trainers.unsubscribing import token_for

AREAS = sorted({area_of(route) for route in all_routes()})
SHOWN = 200


def ask(browser: Client, address: str) -> HttpResponse:
    """What is answered to a look, or to a click where looking is not the way."""
    answer = browser.get(address)
    return browser.post(address) if answer.status_code == 405 else answer


def sent_notice(trainer: Trainer) -> Notice:
    return Notice.objects.create(
        kind="renewals.renewed",
        subject="x",
        event="x",
        trainer=trainer,
        send_at=factories.LONG_AGO,
        state=Notice.State.SENT,
        ended_at=factories.LONG_AGO,
        title="Renewed",
        text="Renewed",
    )


def feed_token(trainer: Trainer) -> str:
    address = feed_address(make_feed(trainer, by=trainer, at=clock.now()))
    return address.rpartition("/")[2].removesuffix(".ics")


def stored(document: Document) -> Document:
    document.stored_as = default_storage.save("certificate.pdf", ContentFile(b"%PDF-"))
    default_storage.save(page_name(document.stored_as, 1), ContentFile(b"RIFF"))
    default_storage.save(thumbnail_name(document.stored_as), ContentFile(b"RIFF"))
    document.sha256 = sha256(b"%PDF-").hexdigest()
    document.pages = [sha256(b"RIFF").hexdigest()]
    document.save()
    return document


def parts_of(document: Document) -> dict[str, object]:
    addresses = ("download", "page", "thumbnail")
    return {"documents:page.number": 1, **{f"documents:{name}.pk": document.pk for name in addresses}}


@pytest.fixture
def jordans(jordan) -> dict[str, object]:
    """A value for every part of an address: Jordan's own rows."""
    credential = jordan.credentials.get()
    course_record, card = factories.everything_met(jordan)
    charge = factories.ChargeFactory(trainer=jordan, state="paid", paid_at=factories.LONG_AGO)
    application = factories.ApplicationFactory(cycle=Cycle.objects.latest_of(credential))
    notice = sent_notice(jordan)
    petition = scenes.draft(jordan, at=clock.now(), began_on=None, completed_on=date(2022, 5, 3))
    audit = an_audit(application.cycle)
    return {
        "number": credential.number,
        "renewals:verify_code.code": credential.check_code,
        "slug": course_record.course.slug,
        "ceus:provider.slug": course_record.course.provider.slug,
        "ceus:record.pk": course_record.pk,
        "pk": course_record.pk,
        "record_id": course_record.pk,
        **parts_of(stored(course_record.evidence.get().document)),
        "payments:receipt.pk": charge.pk,
        "payments:receipt_pdf.pk": charge.pk,
        "trainers:message.pk": notice.pk,
        "trainers:unsubscribe.token": token_for(jordan),
        "renewals:feed.token": feed_token(jordan),
        "ref": application.reference,
        "reference": application.reference,
        **{f"{route.name}.ref": petition.reference for route in all_routes() if _is_about_a_petition(route)},
        **{f"{route.name}.ref": audit.reference for route in all_routes() if _is_about_an_audit(route)},
        "audits:document.pk": audit.items.get().pk,
        "audits:unavailable.pk": audit.items.get().pk,
        "code": "tests",
        "object_id": "1",
        "kind": "account.code",
        "state": "login-code",
        "app_label": "trainers",
        "content_type_id": "1",
        "url": "nothing",
        "key": "0-0",
        "uidb36": "0",
        "path": "nothing",
    }


def _is_about_a_petition(route: Route) -> bool:
    return route.name.startswith("petitions:") and "ref" in route.parts


def _is_about_an_audit(route: Route) -> bool:
    return route.name.startswith("audits:") and "ref" in route.parts


@pytest.fixture
def everybody(jordan, stranger, reviewer, root, signed_in) -> dict[str, Client]:
    """A browser for each of the cast; Jordan comes last, because a click may change what the others asked for."""
    for member in (reviewer, root):
        activate_authenticator(member, secret="JBSWY3DPEHPK3PXP")
    members = {"stranger": stranger, "reviewer": reviewer, "superuser": root, "owner": jordan}
    return {"anonymous": Client(), **{who: signed_in(member) for who, member in members.items()}}


def test_every_route_declares_who_may_use_it(jordans):
    declared = {route.pattern: access_of(resolve(route.address(jordans))) for route in all_routes()}
    kinds = {"public", "signed_in", "trainer", "staff", "webhook"}
    assert {pattern: kind for pattern, kind in declared.items() if kind not in kinds} == {}


@pytest.mark.parametrize("area", AREAS)
def test_nobody_gets_further_than_a_route_declares(area, jordans, everybody):
    wrong = {}
    for route in (route for route in all_routes() if area_of(route) == area):
        with transaction.atomic():
            if found := list(_too_far(route, route.address(jordans), everybody)):
                wrong[route.pattern] = found
            transaction.set_rollback(True)
    assert wrong == {}


def _too_far(route: Route, address: str, everybody: dict[str, Client]) -> Iterator[str]:
    declared = access_of(resolve(address))
    answers = {
        who: ask(Client() if who == "anonymous" else browser, address) for who, browser in everybody.items()
    }
    statuses = {who: answer.status_code for who, answer in answers.items()}
    anonymous = answers["anonymous"]
    if max(statuses.values()) >= 500:
        yield f"an answer of 500: {statuses}"
    if declared in ("signed_in", "trainer", "staff") and statuses["anonymous"] not in (302, 404):
        yield f"not led to sign in: {statuses}"
    if declared in ("signed_in", "trainer", "staff") and "login" not in anonymous.get("Location", "login"):
        yield f"led elsewhere: {anonymous['Location']}"
    if declared == "staff" and SHOWN in (statuses["owner"], statuses["stranger"]):
        yield f"shown to trainers: {statuses}"
    if declared in ("trainer", "signed_in") and _is_jordans(route) and statuses["stranger"] != 404:
        yield f"shown to a stranger: {statuses}"
    if declared in ("trainer", "signed_in") and _is_jordans(route) and statuses["owner"] == 404:
        yield f"hidden from its owner: {statuses}"


def _is_jordans(route: Route) -> bool:
    """Whether the address names something that is Jordan's alone (a course's page is everybody's)."""
    mine = {"pk", "ref", "reference", "record_id"} & set(route.parts)
    return bool(mine) and not route.name.startswith("mfa_")
