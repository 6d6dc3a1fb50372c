"""Every list and every row can be looked at, found and counted, in a constant number of queries, and changed by nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.paginator import Paginator
from django.urls import reverse

from audits.models import Audit
from cases.models import Note
from ceus.models import CeuRecord, Course, Provider, Topic
from core.history import subject_of
from core.models import HistoryEntry
from core.pagination import CAP, CappedPaginator
from documents.models import Document
from employers.models import Employer
from outbox.models import Notice
from payments.models import Charge, LedgerEntry
from petitions.models import Petition
from renewals.models import Application
from staff.counting import StaffPaginator
from tests import factories
from tests.staff.scenes import a_row_of_everything
from trainers.models import Credential, Cycle, Trainer

pytestmark = pytest.mark.django_db
OURS = ("trainers", "cases", "names", "documents", "payments", "ceus", "audits", "renewals")
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
KEPT = (Course, Employer, Provider, Topic)
OWNED = [model for model in MODELS if model not in KEPT]


def address(model, page: str, *parts) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=parts)


@pytest.fixture
def rows(jordan, clock_at):
    clock_at("2027-03-02")
    factories.everything_met(jordan)
    a_row_of_everything(jordan)


def label(model) -> str:
    return model._meta.label


def test_every_model_has_a_list_on_the_staff_site():
    ours = {model for app in OURS for model in apps.get_app_config(app).get_models()}
    parts_of_others = {
        "ceus.AffectedRecord",
        "ceus.RecordDocument",
        "renewals.Badge",
        "renewals.YearlyFee",
        "trainers.CredentialFact",
        "ceus.WordKey",
        "ceus.Course_topics",
        "employers.Listing_topics",
        "documents.UploadHour",
        "trainers.DataFile",
        "trainers.EmailChange",
        "trainers.Heartbeat",
        "trainers.Invitation",  # at /staff/people/
        "trainers.FactorReset",
        "trainers.RosterLine",  # on the page of its roster
        "trainers.SearchWord",
        "documents.Viewing",
        "outbox.MailEvent",
        "audits.Extension",
        *(f"cases.{name}" for name in ("Assignment", "Conflict", "Snooze", "Mention")),
    }
    assert {label(model) for model in ours - set(MODELS)} <= parts_of_others


def test_every_list_and_one_of_its_rows_can_be_opened(rows, root, desk):
    """All of them in one test: a row of everything takes longer to make than all pages to open."""
    client, answers = desk(root), {}
    for model in MODELS:
        row = model.objects.first()
        assert row is not None, label(model)
        pages = [
            address(model, "changelist"),
            *(address(model, kind, row.pk) for kind in ("change", "history")),
        ]
        answers |= {page: client.get(page).status_code for page in pages}
    assert {page: status for page, status in answers.items() if status != 200} == {}


ODD = [
    "q=Jordan",
    "q=%F0%9F%92%AA",
    "q=" + "x" * 3000,
    "q=99999999999999999999999999",
    "q='%3B DROP TABLE",
    "p=x",
    "p=99999999999999999999",
    "p=-1",
    "o=9.-9.x",
    "state__exact=nonsense",
    "is_active__exact=maybe",
    "e=1",
    "_popup=1",
    "_to_field=id",
    "id__in=1,x",
    "trainer__password__startswith=a",
]


UNKNOWN = ODD[-2:] + ["state__exact=nonsense", "is_active__exact=maybe"]


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_no_query_string_on_a_list_causes_a_server_error(model, root, desk, pytestconfig):
    """Half of them on each list, and each on half of the lists; with --all every one on every list."""
    client = desk(root)
    asked = ODD if pytestconfig.getoption("--all") else ODD[MODELS.index(model) % 2 :: 2]
    answers = {query: client.get(f"{address(model, 'changelist')}?{query}").status_code for query in asked}
    filters = admin.site._registry[model].list_filter
    refused = {query for query in UNKNOWN if query.partition("__")[0] not in filters}
    expected = {query: 400 if query in refused else 200 for query in ODD}
    if model._meta.pk.name != "id":
        expected["_to_field=id"] = 400
    if "is_active" in filters:
        expected["is_active__exact=maybe"] = 302  # no such answer: the whole list
    assert answers == {query: expected[query] for query in asked}


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_the_page_of_a_missing_row_causes_no_server_error(model, root, desk):
    client = desk(root)
    for pk in ("0", "99999999999999999999999", "x", "1%2F..%2F2", "None"):
        for page in ("change", "history", "delete"):
            status = client.get(address(model, page, "1").replace("/1/", f"/{pk}/")).status_code
            change = 404 if model is Trainer else 302  # a page of our own
            assert status == {"change": change, "history": 404, "delete": 403}[page], (page, pk)


def test_no_admin_page_adds_changes_or_deletes_rows_owned_by_services(rows, root, desk):
    client = desk(root)
    for model in OWNED:
        before = list(model.objects.order_by("pk").values())
        row = model.objects.first()
        delete = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        answers = [
            client.get(address(model, "add")),
            client.post(address(model, "add"), {"name": "x"}),
            client.post(address(model, "change", row.pk), {"state": "approved", "name": "x"}),
            client.post(address(model, "delete", row.pk), {"post": "yes"}),
        ]
        assert [answer.status_code for answer in answers] == [403] * 4, label(model)
        answer = client.post(address(model, "changelist"), delete)
        offers_others = model in (
            Notice,
            Application,
            Audit,
            Petition,
        )  # then the list says so, else it is shown again
        assert answer.status_code == (302 if offers_others else 200), label(model)
        assert list(model.objects.order_by("pk").values()) == before, label(model)


def test_no_row_of_the_catalogue_can_be_deleted(rows, root, desk):
    client = desk(root)
    for model in KEPT:
        row = model.objects.first()
        answer = client.post(address(model, "delete", row.pk), {"post": "yes"})
        assert answer.status_code == 403, label(model)
        assert model.objects.filter(pk=row.pk).exists(), label(model)


def test_a_list_is_forbidden_without_its_permission(rows, onlooker, desk):
    client, ours = desk(onlooker), [model for model in MODELS if model._meta.app_label in OURS]
    lists = {model: address(model, "changelist") for model in ours}
    histories = {model: address(model, "history", model.objects.first().pk) for model in ours}
    answers = {model: client.get(page).status_code for model, page in lists.items()}
    assert answers == {model: 403 if model in (Document, Note) else 200 for model in ours}
    onlooker.groups.clear()
    for pages in (lists, histories):
        assert {model: client.get(page).status_code for model, page in pages.items()} == dict.fromkeys(
            ours, 403
        )


PERSONAL = [Trainer, Credential, Cycle, CeuRecord, Application, Charge, LedgerEntry, Document, HistoryEntry]


def test_the_list_of_people_is_searched_by_name_address_or_number(rows, stranger, root, desk):
    client = desk(root)

    def found(model, term: str) -> set[int]:
        answer = client.get(address(model, "changelist"), {"q": term})
        return {row.pk for row in answer.context["cl"].result_list}

    for model in PERSONAL:
        jordans = found(model, "jordan@example.org")
        assert jordans, label(model)
        for term in ("Jordan", "rivera", "JORDAN@example.org", "1193 4482", "11934482", "1193-44"):
            assert found(model, term) == jordans, (label(model), term)
        assert found(model, "Nobody") == set(), label(model)
        assert not found(model, "Sam Stranger") & jordans, label(model)


def test_the_list_of_applications_is_searched_by_reference(rows, root, desk):
    application = Application.objects.get()
    found = desk(root).get(address(Application, "changelist"), {"q": application.reference}).context["cl"]
    assert list(found.result_list) == [application]


@pytest.mark.parametrize(
    "model", [Trainer, Credential, Cycle, CeuRecord, Course, Document, Charge, Application], ids=label
)
def test_a_longer_list_uses_no_additional_queries(model, root, desk, django_assert_max_num_queries):
    client = desk(root)
    for _ in range(12):
        person = factories.TrainerFactory()
        cycle = factories.CycleFactory(credential__trainer=person)
        factories.CeuRecordFactory(credential=cycle.credential)
        factories.ChargeFactory(trainer=person)
        factories.ApplicationFactory(cycle=cycle)
    with django_assert_max_num_queries(8):
        assert client.get(address(model, "changelist")).status_code == 200


def test_the_count_of_a_list_stops_at_the_cap(jordan, monkeypatch):
    factories.TrainerFactory.create_batch(5)
    everybody = Trainer.objects.order_by("pk")
    assert Paginator(everybody, 2).count == 6
    for cap, shown in ((3, (3, True)), (5, (5, True)), (6, (6, False)), (7, (6, False))):
        monkeypatch.setattr(CappedPaginator, "cap", cap)
        paginator = CappedPaginator(everybody, 2)
        assert (paginator.count, paginator.is_capped) == shown
    assert CAP == 10_000


def test_a_list_longer_than_the_cap_says_so(jordan, root, desk, monkeypatch):
    factories.TrainerFactory.create_batch(5)
    assert StaffPaginator.cap == 1_000
    monkeypatch.setattr(StaffPaginator, "cap", 3)
    shown = desk(root).get(address(Trainer, "changelist")).content.decode()
    assert "More than 3: search to see the others" in shown
    assert CappedPaginator(Trainer.objects.all(), 2).cap_words == "10,000"


def test_the_history_of_a_missing_row_gives_404(jordan, root, desk):
    assert desk(root).get(address(Trainer, "history", jordan.pk)).status_code == 200
    assert desk(root).get(address(Trainer, "history", 0)).status_code == 404


def test_a_row_with_201_history_entries_shows_the_earliest_on_the_second_page(jordan, root, desk):
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            subject=subject_of(jordan),
            trainer=jordan,
            verb="changed",
            at=factories.LONG_AGO + timedelta(days=day),
            reason=f"Reason {day}.",
        )
        for day in range(201)
    )
    url = address(Trainer, "history", jordan.pk)
    pages = {page: desk(root).get(url, {"page": page}).content.decode() for page in ("", "1", "2", "x", "99")}
    assert [page for page, shown in pages.items() if "Reason 200." in shown] == ["", "1", "x"]
    assert [page for page, shown in pages.items() if "Reason 0." in shown] == ["2", "99"]
    assert 'href="?page=2">Earlier</a>' in pages["1"]


def test_no_staff_page_shows_a_password_or_a_secret(rows, jordan, root, desk):
    page = desk(root).get(address(Trainer, "change", jordan.pk)).content.decode()
    assert jordan.password not in page
    assert not [
        model for model in admin.site._registry if model._meta.app_label in ("mfa", "account", "usersessions")
    ]


def test_staff_pages_format_dates_and_times_like_the_rest_of_the_portal(jordan, root, desk):
    sent = factories.DocumentFactory(owner=jordan, uploaded_at=datetime(2026, 11, 2, 22, 5, tzinfo=UTC))
    Cycle.objects.update(completion_deadline="2027-09-12")
    page = desk(root).get(address(Document, "change", sent.pk)).content.decode()
    assert "November 2, 2026 at 3:05 pm</time>" in page  # 22:05 UTC in Phoenix
    listed = desk(root).get(address(Document, "changelist")).content.decode()
    assert "November 2, 2026 at 3:05 pm</time>" in listed
    cycle = desk(root).get(address(Cycle, "change", Cycle.objects.get().pk)).content.decode()
    assert "September 12, 2027" in cycle
    assert "Sept." not in cycle
