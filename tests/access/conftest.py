"""The scenes in which forms are filled in with bad input, and Jordan's rows for the parts of a URL."""

from datetime import date, datetime
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from audits import services
from audits.models import Audit, DrawPeriod
from core import clock
from documents.models import Document
from documents.names import page_name, thumbnail_name
from hardship.models import Relief
from outbox.models import Notice
from petitions.services import ask_question
from renewals.models import YearlyFee
from renewals.pages.calendar_feed import feed_address
from tests import factories
from tests.access.badge_scenes import badge_key_here, of_badge  # noqa: F401 - a fixture
from tests.access.desk_scenes import difference_here, two_accounts, unpaid_charge  # noqa: F401 - fixtures
from tests.access.employer_scenes import at_harbor, at_lakeside, viewer  # noqa: F401 - fixtures
from tests.access.filling import filled  # noqa: F401 - a fixture
from tests.access.of_organisations import OF_A_PROVIDER, TOKENS
from tests.access.organisation_scenes import *  # noqa: F403 - fixtures
from tests.access.policy_scenes import asks_cards, asks_facts  # noqa: F401 - fixtures
from tests.access.provider_scenes import reported, reporter  # noqa: F401 - fixtures
from tests.access.routes import Route, all_routes
from tests.audits import scenes as audit_scenes
from tests.employers.scenes import consent, gina
from tests.petitions import scenes as petition_scenes
from tests.providers.scenes import penny
from tests.renewals import scenes as renewal_scenes
from trainers.allauth_internals import activate_authenticator
from trainers.models import Cycle, EmailChange, Trainer
from trainers.services import addresses, rosters
from trainers.services.feed import make_feed
from trainers.unsubscribing import token_for

CERTIFICATES = ("renewals:certificate_of_cycle.cycle", "renewals:certificate_of_cycle_pdf.cycle")
JANUARY_5 = audit_scenes.moment("2027-01-05")


@pytest.fixture
def course_to_log(jordan, clock_at) -> dict[str, object]:
    clock_at("2026-06-15")
    return {"slug": factories.CourseFactory(slug="older", hundredths=40).slug}


@pytest.fixture
def no_card(jordan, clock_at) -> dict[str, object]:
    clock_at("2026-06-15")
    return {}


@pytest.fixture
def record(jordan, clock_at) -> dict[str, object]:
    """A course that Jordan logged; the card of the next scene is on file too."""
    clock_at("2026-06-15")
    factories.CardFactory(credential=jordan.credentials.get(), completed_on=date(2026, 5, 1))
    return {"pk": _logged(jordan, factories.CeuRecordFactory).pk}


@pytest.fixture
def card(jordan, clock_at) -> dict[str, object]:
    clock_at("2026-06-15")
    return {"pk": _logged(jordan, factories.CardFactory).pk}


def _logged(trainer, factory):
    return factory(credential=trainer.credentials.get(), completed_on=date(2026, 5, 1))


@pytest.fixture
def february(clock_at) -> datetime:
    return clock_at("2027-02-01 12:00")


@pytest.fixture
def no_petition(jordan, february) -> dict[str, object]:
    return {}


@pytest.fixture
def petition(jordan, february) -> dict[str, object]:
    """A draft that Jordan may still change."""
    return {"ref": petition_scenes.draft(jordan, at=february, title="Before").reference}


@pytest.fixture
def question(jordan, reviewer, february) -> dict[str, object]:
    """A petition about which a reviewer asked something."""
    sent = petition_scenes.submitted(jordan, at=february)
    asked = ask_question(sent, by=reviewer, at=february, text="How long?")
    return {"ref": asked.reference, "about": asked.questions.get().pk}


@pytest.fixture
def audit(ready, clock_at) -> dict[str, object]:
    """An audit whose time has begun."""
    begun = audit_scenes.begun(ready)
    clock_at("2027-01-05 12:00")
    return _parts_of(begun)


@pytest.fixture
def audit_with_request(audit) -> dict[str, object]:
    """An audit for which Jordan asked for more time."""
    asked = Audit.objects.get()
    services.ask_for_time(asked, by=asked.trainer, at=JANUARY_5, why="I am away.")
    return audit


@pytest.fixture
def sent_audit(ready, clock_at) -> dict[str, object]:
    """Return an audit that was sent and of which no document was reviewed."""
    sent = audit_scenes.sent(ready)
    clock_at("2027-01-05 12:00")
    return _parts_of(sent)


@pytest.fixture
def judged_audit(sent_audit, reviewer) -> dict[str, object]:
    """An audit that was sent, with one document accepted and one to be replaced."""
    sent = Audit.objects.get()
    services.judge_item(sent.items.first(), verdict="replace", by=reviewer, at=JANUARY_5, words="Cut off.")
    audit_scenes.judge(sent, reviewer)
    return sent_audit


@pytest.fixture
def proposed_audit(ready, lead, clock_at) -> dict[str, object]:
    """An audit that this lead proposed, so that somebody else must agree."""
    clock_at("2027-01-05 12:00")
    application = renewal_scenes.submit(ready, "2027-01-04")
    details = {"renewal": application.reference, "received_on": date(2027, 1, 4), "cause": "Why."}
    proposed = services.propose_audit(application.cycle, by=lead, at=JANUARY_5, **details)
    return {"object_id": proposed.pk, "admin:renewals_application_audit.object_id": application.pk}


@pytest.fixture
def announced_period(db, clock_at) -> dict[str, object]:
    """A draw period that is announced and not yet open."""
    clock_at("2027-01-05 12:00")
    later = {"id": None, "code": "later", "policy_code": "another", "opened_at": None, "public_value": None}
    return {"object_id": DrawPeriod.objects.create(**{**DrawPeriod.objects.values().get(), **later}).pk}


@pytest.fixture
def colleague_here(second_reviewer, stranger, clock_at) -> dict[str, object]:
    """A colleague about whom a lead or a superuser may do something."""
    clock_at("2027-01-05 12:00")
    return {"object_id": second_reviewer.pk}


@pytest.fixture
def checked_roster(second_lead, stranger, clock_at, storage) -> dict[str, object]:
    """A roster with one new trainer, checked and not applied."""
    at = clock_at("2027-01-05 12:00")
    rows = (
        "number,name,email,awarded_on,expires_on,time_zone\n77,Kim Ode,kim@example.org,2025-03-14,2027-03-14,"
    )
    told = {"policy_code": "nasm-cpt", "exported_on": None, "by": second_lead, "at": at}
    roster = rosters.store_roster(name="autumn.csv", content=rows.encode(), **told)
    return {"object_id": rosters.advance_roster(roster, at=at).pk}


def _parts_of(audit: Audit) -> dict[str, object]:
    item = audit.items.get(record__category="education").pk
    staff = {f"admin:audits_audititem_{act}.object_id": audit.items.last().pk for act in ITEM_ACTIONS}
    return {"ref": audit.reference, "pk": item, "object_id": audit.pk, **staff}


ITEM_ACTIONS = ("accept", "replace", "refuse", "suspect")


# Jordan's own rows, and a browser for each of the cast


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


def address_asked_for(trainer: Trainer) -> EmailChange:
    return EmailChange.objects.create(
        trainer=trainer,
        before=trainer.email,
        after="new@example.org",
        reason="x",
        by=trainer,
        asked_at=clock.now(),
    )


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


def of_relief(cycle: Cycle) -> dict[str, object]:
    """Request, as Jordan, the waiver of a fee, and begin a yearly one; return the primary key for each route."""
    asked = {"kind": "illness", "why": "I am ill.", "asked_at": clock.now(), "made_at": clock.now()}
    pk = Relief.objects.create(cycle=cycle, what="fee", **asked).pk
    fee = YearlyFee.objects.create(cycle=cycle, code="yearly", due_on=cycle.starts_on).pk
    return {
        **dict.fromkeys(("hardship:relief.pk", "hardship:withdraw.pk"), pk),
        "renewals:due_return.pk": fee,
    }


@pytest.fixture
def jordans(jordan) -> dict[str, object]:
    """A value for every part of an address: Jordan's own rows."""
    credential = jordan.credentials.get()
    (course_record, _), held = factories.everything_met(jordan), factories.HeldCardFactory(trainer=jordan)
    charge = factories.ChargeFactory(trainer=jordan, state="paid", paid_at=factories.LONG_AGO)
    application = factories.ApplicationFactory(cycle=Cycle.objects.latest_of(credential))
    notice = sent_notice(jordan)
    petition = petition_scenes.draft(jordan, at=clock.now(), began_on=None, completed_on=date(2022, 5, 3))
    audit = audit_scenes.an_audit(application.cycle)
    return {
        **of_relief(application.cycle),
        "number": credential.number,
        **dict.fromkeys(CERTIFICATES, application.cycle.pk),
        **of_badge(credential),
        "slug": course_record.course.slug,
        "ceus:provider.slug": course_record.course.provider.slug,
        **dict.fromkeys(("ceus:record.pk", "pk", "record_id"), course_record.pk),
        **{**parts_of(stored(course_record.evidence.get().document)), "ceus:remove_card.pk": held.pk},
        "payments:receipt.pk": charge.pk,
        "payments:receipt_pdf.pk": charge.pk,
        "trainers:message.pk": notice.pk,
        "trainers:unsubscribe.token": token_for(jordan),
        "trainers:new_address.token": addresses.token_for(address_asked_for(jordan)),
        "renewals:feed.token": feed_token(jordan),
        "ref": application.reference,
        "reference": application.reference,
        **{f"{route.name}.ref": petition.reference for route in all_routes() if _is_about_a_petition(route)},
        **{f"{route.name}.ref": audit.reference for route in all_routes() if _is_about_an_audit(route)},
        "audits:document.pk": audit.items.get().pk,
        "audits:unavailable.pk": audit.items.get().pk,
        **{"code": "tests", "object_id": "1", "kind": "account.code"},
        "state": "login-code",
        "app_label": "trainers",
        **{**OF_A_PROVIDER, "employers:end_sharing.pk": consent(jordan).pk},
        "content_type_id": "1",
        **dict.fromkeys(TOKENS, "nothing"),
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
    for member in (reviewer, root, penny(), gina()):
        activate_authenticator(member, secret="JBSWY3DPEHPK3PXP")
    members = {"stranger": stranger, "reviewer": reviewer, "superuser": root}
    members |= {"provider": penny(), "employer": gina(), "owner": jordan}
    Notice.objects.filter(trainer__in=(penny(), gina()), state="due").update(
        state="sent", ended_at=clock.now()
    )
    return {"anonymous": Client(), **{who: signed_in(member) for who, member in members.items()}}
