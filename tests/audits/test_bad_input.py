"""What the forms of an audit do not accept, from trainers and from staff: a 4xx with a sentence, nothing changed, what was typed kept."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audits import services
from audits.models import Audit, DrawPeriod
from core.models import HistoryEntry
from documents.models import Document
from outbox.models import Notice
from tests import factories
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.cast import colleague
from tests.documents import hostile
from tests.reading import text_of
from tests.renewals import scenes as renewal_scenes

HIDDEN = "Take out the hidden characters"
TEXTS = [
    ("a\x00b", HIDDEN),
    ("\u202eevil", HIDDEN),
    ("\u2066x\u2069", HIDDEN),
    ("x" * 2001, "Use 2000 characters or fewer."),
    ("x" * 1_000_000, "Use 2000 characters or fewer."),
]
NO_TEXTS = ["", "   ", "\n\t "]
REASONS = [*TEXTS, ("", "Write the reason.")]
DAYS = [
    (("٣", "20", "2027"), "in numbers"),
    (("2", "30", "2027"), "as a real date"),
    (("2", "20", "27"), "4 digits"),
    (("2", "", "2027"), "Enter the day"),
    (("9" * 31, "1", "2027"), "in numbers"),
    (("NaN", "1", "2027"), "in numbers"),
    (("2", "20", "2199"), "Choose a day from"),
    (("1", "20", "2027"), "Choose a day from"),
    (("2", "2", "2027"), "Choose a day from"),
    (("2", "20.5", "2027"), "in numbers"),
    (("=cmd()", "1", "2027"), "in numbers"),
]
MORE = {
    **dict.fromkeys(("state", "verdict", "to_state"), "passed"),
    **dict.fromkeys(("due_on", "notified_on", "sent_at", "ended_at", "made_at", "at"), "2020-01-01"),
    **dict.fromkeys(("trainer", "trainer_id", "owner", "by", "reviewed_by", "agreed_by", "asked_by"), "1"),
    **dict.fromkeys(("is_staff", "is_superuser", "selected", "for_lead", "accepted", "paid"), "on"),
    **dict.fromkeys(
        ("kind", "cycle", "record", "renewal", "reference", "rate", "secret", "draw_id"), "random"
    ),
}
KEPT = ("audits", "ceus", "renewals", "documents")


def everything() -> dict[str, list[dict]]:
    """Every row that an audit is made of, and what was told or mailed about it."""
    models = [one for one in apps.get_models() if one._meta.app_label in KEPT]
    rows = {str(one): list(one._default_manager.order_by("pk").values()) for one in models}
    return rows | {"told": list(HistoryEntry.objects.order_by("pk").values()), "mail": Notice.objects.count()}


def refused(browser, path: str, answers: dict, sentence: str) -> None:
    before, shown = everything(), str(answers)[:100]
    response = browser.post(path, {**MORE, **answers})
    if len(str(answers)) > 1_000_000:
        assert response.status_code == 413, shown
    else:
        assert response.status_code == 422, shown
        assert sentence in text_of(response), shown
    assert everything() == before, shown


@pytest.fixture
def begun(ready, clock_at) -> Audit:
    audit = scenes.begun(ready)
    clock_at("2027-01-05 12:00")
    return audit


@pytest.fixture
def looked_at(ready, reviewer, clock_at) -> Audit:
    """Sent, one document accepted and one to be replaced."""
    audit = scenes.sent(ready)
    clock_at("2027-01-05 12:00")
    first = audit.items.first()
    services.judge_item(first, verdict="replace", by=reviewer, at=moment("2027-01-05"), words="Cut off.")
    scenes.judge(audit, reviewer)
    return audit


def staffs(audit: Audit, act: str) -> str:
    return reverse(f"admin:audits_audit_{act}", args=[audit.pk])


def items(audit: Audit, act: str) -> str:
    return reverse(f"admin:audits_audititem_{act}", args=[audit.items.last().pk])


@pytest.mark.parametrize("where", ["more-time/", "documents/{}/unavailable/"])
def test_a_trainers_reasons(begun, signed_in, where):
    path, browser = (
        f"/audit/{begun.reference}/{where.format(begun.items.first().pk)}",
        signed_in(begun.trainer),
    )
    for typed, sentence in [*TEXTS, *((text, "Write why you") for text in NO_TEXTS)]:
        refused(browser, path, {"why": typed}, sentence)


def test_what_was_typed_is_kept(begun, signed_in):
    answer = signed_in(begun.trainer).post(f"/audit/{begun.reference}/more-time/", {"why": "x" * 2001})
    assert "x" * 2001 in text_of(answer)


@pytest.mark.parametrize("kind", [*hostile.HOSTILE][::12])  # all of them: tests/documents
def test_files_that_are_none(begun, signed_in, kind):
    item = begun.items.get(record__category="education")
    before = everything()
    file = SimpleUploadedFile("certificate.jpg", hostile.HOSTILE[kind][1](), "image/jpeg")
    path = f"/audit/{begun.reference}/documents/{item.pk}/"
    assert signed_in(begun.trainer).post(path, {**MORE, "certificate": file}).status_code == 422
    assert everything() == before


def test_a_form_that_is_not_of_this_record_adds_nothing(begun, signed_in):
    item = begun.items.get(record__category="education")
    before = Document.objects.count()
    file = SimpleUploadedFile("front.jpg", hostile.good.jpeg(), "image/jpeg")
    path = f"/audit/{begun.reference}/documents/{item.pk}/"
    assert signed_in(begun.trainer).post(path, {"card_front": file}).status_code == 422
    assert Document.objects.count() == before


@pytest.mark.parametrize("act", ["replace", "refuse", "suspect"])
def test_a_reviewers_words_about_a_document(looked_at, reviewer, signed_in, act):
    browser = signed_in(reviewer)
    for typed, sentence in [*TEXTS, *((text, "Write") for text in NO_TEXTS)]:
        refused(browser, items(looked_at, act), {"words": typed, "why": typed}, sentence)


def test_words_of_a_decision(looked_at, reviewer, signed_in):
    browser = signed_in(reviewer)
    seen = browser.get(staffs(looked_at, "fail")).context["form"].initial["seen"]
    for typed, sentence in REASONS:
        refused(browser, staffs(looked_at, "fail"), {"words": typed, "seen": seen}, sentence)


def test_what_was_seen_is_no_way_around(looked_at, reviewer, signed_in):
    browser = signed_in(reviewer)
    for seen in ("", "x", "-1", "٣", "9" * 31, "1e9", "\x00", "0"):
        refused(browser, staffs(looked_at, "fail"), {"words": "It is forged.", "seen": seen}, "")


def parts_of(days: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("through_month", "through_day", "through_year"), days, strict=True))


def test_last_days(looked_at, reviewer, signed_in):
    browser = signed_in(reviewer)
    for days, sentence in DAYS:
        refused(browser, staffs(looked_at, "replacements"), parts_of(days), sentence)


def test_last_days_of_more_time(begun, reviewer, signed_in):
    browser = signed_in(reviewer)
    for days, sentence in DAYS:
        refused(browser, staffs(begun, "extend"), {**parts_of(days), "words": "You asked."}, sentence)


@pytest.mark.parametrize("act", ["extend", "no-more-time"])
def test_words_about_more_time(begun, reviewer, signed_in, act):
    services.ask_for_time(begun, by=begun.trainer, at=moment("2027-01-05"), why="I am away.")
    day, browser = parts_of(("2", "20", "2027")), signed_in(reviewer)
    for typed, sentence in REASONS:
        refused(browser, staffs(begun, act), {**day, "words": typed}, sentence)


@pytest.mark.parametrize("act", ["drop", "agree"])
def test_a_proposal(ready, lead, signed_in, clock_at, act):
    clock_at("2027-01-05 12:00")
    application = renewal_scenes.submit(ready, "2027-01-04")
    details = {"renewal": application.reference, "received_on": moment("2027-01-04").date(), "cause": "Why."}
    audit = services.propose_audit(application.cycle, by=lead, at=moment("2027-01-05"), **details)
    ask, browser = reverse("admin:renewals_application_audit", args=[application.pk]), signed_in(lead)
    for typed, sentence in REASONS:
        said = sentence if act == "drop" else "somebody else must agree"
        refused(browser, staffs(audit, act), {"reason": typed}, said)
        refused(browser, ask, {"cause": typed}, "")


def test_a_public_value(lead, signed_in, clock_at):
    clock_at("2027-01-05 12:00")
    period = DrawPeriod.objects.get()
    made = DrawPeriod.objects.values().get(pk=period.pk)
    later = {"code": "later", "policy_code": "another", "opened_at": None, "public_value": None}
    announced = DrawPeriod.objects.create(**{**made, "id": None, **later})
    page, browser = reverse("admin:audits_drawperiod_open", args=[announced.pk]), signed_in(lead)
    for typed in ("a\x00b", "\u202e1", "x" * 201, "x" * 1_000_000):
        refused(browser, page, {"public_value": typed}, "")


def test_looking_changes_nothing(looked_at, reviewer, signed_in):
    services.ask_replacements(
        looked_at, by=reviewer, at=moment("2027-01-05"), through=Audit.objects.get().due_on
    )
    item = looked_at.items.first().pk
    trainers = [
        f"/audit/{looked_at.reference}/{end}"
        for end in ("", "send/", "more-time/", f"documents/{item}/", f"documents/{item}/unavailable/")
    ]
    acts = "review pass fail accept-rest replacements extend no-more-time agree drop".split()
    desk = [
        *(staffs(looked_at, act) for act in acts),
        *(items(looked_at, act) for act in ("accept", "replace", "refuse", "suspect")),
    ]
    before = everything()
    for person, paths in ((looked_at.trainer, trainers), (reviewer, desk)):
        browser = signed_in(person)
        for method in ("get", "head", "put", "delete", "patch", "options"):
            for path in paths:
                assert getattr(browser, method)(path).status_code < 500, (method, path)
    assert everything() == before


@pytest.mark.parametrize(
    "path",
    [
        "/audit/%00/",
        "/audit/" + "A" * 3000 + "/",
        "/audit/A-8T54BLE7%0d%0aX/",
        "/audit/{ref}/documents/" + "9" * 31 + "/",
        "/audit/{ref}/documents/" + "9" * 31 + "/unavailable/",
        "/audit/{ref}/documents/0/",
        "/audits/draws/%00.jsonl",
        "/audits/draws/" + "x" * 999 + ".jsonl",
        "/audits/draws/2026-Q4%0d%0aSet-Cookie:x.jsonl",
    ],
)
def test_addresses_of_nothing(begun, signed_in, path):
    answer = signed_in(begun.trainer).get(path.format(ref=begun.reference))
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    "asked",
    [
        "shows=%00",
        "shows=" + "x" * 999,
        "q=%00",
        "q=%ED%A0%80",
        "p=-1",
        "p=9" * 9,
        "o=1.2.3",
        "state__exact=%27",
        "cycle__credential__trainer__password__startswith=a",
    ],
)
def test_questions_to_the_queue(looked_at, reviewer, signed_in, asked):
    answer = signed_in(reviewer).get(f"/staff/audits/audit/?{asked}")
    assert answer.status_code < 500


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "%00", "٣"])
def test_pages_of_the_draws(client, begun, page):
    assert client.get(f"/audits/draws/?page={page}").status_code in (200, 400)


def test_who_only_looks_on_does_nothing(looked_at, signed_in):
    onlooker = colleague("read_only")
    browser, before = signed_in(onlooker), everything()
    for act in ("pass", "fail", "accept-rest", "replacements", "extend", "no-more-time", "agree", "drop"):
        assert browser.post(staffs(looked_at, act), {"words": "x", "reason": "x"}).status_code == 403
    for act in ("accept", "replace", "refuse", "suspect"):
        assert browser.post(items(looked_at, act), {"words": "x", "why": "x"}).status_code == 403
    assert browser.get(staffs(looked_at, "review")).status_code == 200
    assert everything() == before


def test_nobody_does_anything_about_their_own(ready, reviewer, signed_in, clock_at):
    factories.TrainerFactory(email="else@example.org")
    audit = scenes.sent(ready)
    clock_at("2027-01-05 12:00")
    ready.is_staff = True
    ready.groups.set([*reviewer.groups.all(), *colleague("second_lead").groups.all()])
    ready.save()
    browser = signed_in(ready)
    day = {"through_month": "2", "through_day": "20", "through_year": "2027"}
    seen = browser.get(staffs(audit, "pass")).context["form"].initial["seen"]
    for act in ("pass", "fail", "replacements", "extend", "no-more-time", "agree", "drop", "accept-rest"):
        refused(browser, staffs(audit, act), {**day, "words": "x", "reason": "x", "seen": seen}, "")
    for act in ("accept", "replace", "refuse", "suspect"):
        refused(browser, items(audit, act), {"words": "x", "why": "x"}, "Somebody else must decide")
