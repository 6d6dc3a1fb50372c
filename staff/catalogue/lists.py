"""The catalogue, which staff edit, and the CEU records, which they only read and correct."""

from django.contrib import admin
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ceus.described import codes_named
from ceus.models import CatalogueChange, CeuRecord, Course, Provider, RecordDocument, Topic
from ceus.services.correcting import MAY
from core.policy_words import category_choices, in_policy_words, portal_unit
from providers.services.people import LEADS
from rules.described import PROVIDERS as NAMED_PROVIDERS
from staff.actions import ActionLink
from staff.catalogue import correcting
from staff.catalogue.editing import CatalogueAdmin
from staff.catalogue.forms import CourseForm, ProviderForm, TopicForm
from staff.catalogue.importing import sheet_urls
from staff.catalogue.relisting import RelistingAdmin
from staff.catalogue.sheets import COURSES, PROVIDERS
from staff.exports import FieldNames
from staff.lists import ReadOnlyAdmin
from staff.providers.actions import PEOPLE, action_to_add_key
from staff.tabs import Tab, register_tab
from trainers.models import Trainer


@admin.register(Provider)
class ProviderAdmin(RelistingAdmin[Provider]):
    form = ProviderForm
    texts = ("name__icontains",)
    search_help_text = "A part of the name"
    ordering = ("name",)
    list_display = ("name", "approved_from", "approved_through")

    def get_urls(self) -> list[URLPattern]:
        invite = self.action("invite", PEOPLE.action_to_invite, LEADS)
        key = self.action("add-key", action_to_add_key, LEADS)
        return [invite, key, *sheet_urls(self, PROVIDERS), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: Provider) -> list[ActionLink]:
        """Return the usual buttons of a provider, and one that invites a person to report for it."""
        invite = [
            ActionLink("Invite somebody to report", self.address("invite", row.pk)),
            ActionLink("Add a signing key", self.address("add-key", row.pk)),
        ]
        return super().action_links(request, row) + (invite if request.user.has_perm(LEADS) else [])

    def get_fields(self, request: HttpRequest, obj: Provider | None = None) -> FieldNames:
        """Return the fields, without the name in the rules where the policies name no provider."""
        names = super().get_fields(request, obj)
        return names if codes_named(NAMED_PROVIDERS) else [name for name in names if name != "code"]

    def courses_of(self, row: Provider) -> "QuerySet[Course]":
        return row.courses.all()


@admin.register(Topic)
class TopicAdmin(CatalogueAdmin[Topic]):
    form = TopicForm
    texts = ("name__icontains",)
    search_help_text = "A part of the name"
    ordering = ("name",)
    list_display = ("name",)

    def courses_of(self, row: Topic) -> "QuerySet[Course]":
        return row.courses.all()


@admin.register(Course)
class CourseAdmin(RelistingAdmin[Course]):
    form = CourseForm
    texts = ("title__icontains", "provider__name__icontains")
    search_help_text = "A part of the title or of the provider's name"
    ordering = ("title", "pk")
    list_display = ("title", "provider", "ceus", "format", "approved_from", "approved_through")
    list_filter = ("format", "topics")
    list_select_related = ("provider",)

    def get_urls(self) -> list[URLPattern]:
        return [*sheet_urls(self, COURSES), *super().get_urls()]

    @admin.display(description=in_policy_words("{units}"))
    def ceus(self, course: Course) -> str:
        return portal_unit().format(course.hundredths)


@admin.register(CatalogueChange)
class CatalogueChangeAdmin(ReadOnlyAdmin[CatalogueChange]):
    """The list of changes of the catalogue, each with its effect on logged records (Q32)."""

    texts = ("course__title__istartswith", "provider__name__istartswith")
    search_help_text = "How the title of the course or the name of the provider begins"
    list_display = ("at", "what", "records", "by")
    list_filter = ("records",)
    list_select_related = ("course", "provider", "by")
    fields = (
        *("at", "by", "provider", "course", "records", "reason", "concerned"),
        *("from_before", "from_after", "through_before", "through_after"),
        *("ceus_from", "hundredths_before", "hundredths_after"),
    )

    @admin.display(description="course or provider")
    def what(self, change: CatalogueChange) -> str:
        return str(change.course or change.provider)

    @admin.display(description="records concerned")
    def concerned(self, change: CatalogueChange) -> int:
        return change.affected.count()


class CategoryFilter(admin.SimpleListFilter):
    """A filter of the list of records by the policies' categories. The categories are not read from
    the records, because there may be millions.
    """

    title, parameter_name = "category", "category"

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        return category_choices()

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Model]") -> "QuerySet[Model]":
        return queryset.filter(category=self.value()) if self.value() else queryset


@admin.register(CeuRecord)
class CeuRecordAdmin(ReadOnlyAdmin[CeuRecord]):
    person = "credential__trainer"
    texts = ("title__istartswith",)
    search_help_text = in_policy_words(
        "The {holder}'s name, email address or certification number, or how the title begins"
    )
    list_display = ("title", "who", "ceus", "completed_on", "state", "claimed_for")
    list_filter = ("state", CategoryFilter)
    list_select_related = ("credential__trainer", "claimed_for__credential")
    fields = (
        "title",
        "trainer",
        "credential",
        "category",
        "course",
        "ceus",
        "completed_on",
        "valid_through",
        "state",
        "approved",
        "reported_by_provider",
        "claimed_for",
        "files",
        "logged_at",
        "logged_by",
    )

    def get_urls(self) -> list[URLPattern]:
        return [self.action("correct", correcting.action_to_correct, MAY), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: CeuRecord) -> list[ActionLink]:
        """Return the button that corrects a record, unless the record is removed or rejected, or a
        petition granted it.
        """
        if row.state not in CeuRecord.COUNTING or row.granted or not request.user.has_perm(MAY):
            return []
        return [ActionLink("Correct", self.address("correct", row.pk))]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CeuRecord]":
        files = RecordDocument.objects.select_related("document")
        return super().get_queryset(request).prefetch_related(Prefetch("evidence", files))

    @admin.display(description=in_policy_words("{holder}"))
    def trainer(self, record: CeuRecord) -> Trainer:
        return record.credential.trainer

    @admin.display(description=in_policy_words("{units}"))
    def ceus(self, record: CeuRecord) -> str:
        return portal_unit().format(record.hundredths)

    @admin.display(description="files")
    def files(self, record: CeuRecord) -> SafeString:
        rows = (
            (_file_page(one), one.get_part_display(), one.document, _replaced(one))
            for one in record.evidence.all()
        )
        items = format_html_join("", '<li><a href="{}">{}: {}</a>{}</li>', rows)
        return format_html('<ul class="plain">{}</ul>', items)


def _file_page(evidence: RecordDocument) -> str:
    return reverse("documents:download", args=[evidence.document_id])


def _replaced(evidence: RecordDocument) -> str:
    return " (replaced)" if evidence.replaced_at else ""


register_tab(Tab(60, "Catalogue", "admin:ceus_course_changelist", "ceus.view_course", ("ceus",)))
