"""The formats of the files of courses and of providers."""

from ceus.models import Course, Provider, Topic
from core.policy_words import portal_unit
from staff.catalogue.exchange import Cells, Sheet
from staff.catalogue.forms import CourseForm, ProviderForm

OF_THE_FORM = {"ceus": "hundredths"}  # columns that have another name in the form
ENDS = ("approved_from", "approved_through", "about", "link")


def _course_cells(course: Course) -> list[str]:
    topics = "; ".join(topic.name for topic in course.topics.all())
    ceus = portal_unit().format(course.hundredths)
    cells = [course.slug, course.title, course.provider.name, course.category, ceus, course.format]
    return [*cells, *_days(course), topics, course.about, course.link]


def _provider_cells(provider: Provider) -> list[str]:
    return [provider.slug, provider.name, *_days(provider), provider.about, provider.link]


def _days(row: Course | Provider) -> list[str]:
    return [row.approved_from.isoformat(), row.approved_through.isoformat() if row.approved_through else ""]


def _read_course(row: Cells) -> tuple[dict[str, object], list[str]]:
    """Return the cells as values for the form, with provider and topics by primary key, and a
    sentence for each problem.
    """
    named = [one.strip() for one in row.get("topics", "").split(";") if one.strip()]
    topics = dict(Topic.objects.filter(name__in=named).values_list("name", "pk")) if named else {}
    problems = [f"topic: {name} is not in the catalogue." for name in named if name not in topics]
    provider = row.get("provider", "").strip()
    found = Provider.objects.filter(name=provider).values_list("pk", flat=True).first() if provider else None
    if provider and found is None:
        problems.append(f"provider: {provider} is not in the catalogue.")
    data: dict[str, object] = {
        OF_THE_FORM.get(name, name): row.get(name, "")
        for name in COURSES.columns
        if name not in ("slug", "topics")
    }
    keys = [str(topics[one]) for one in named if one in topics]
    return data | {"provider": str(found or ""), "topics": keys}, problems


def _read_provider(row: Cells) -> tuple[dict[str, object], list[str]]:
    return {name: row.get(name, "") for name in PROVIDERS.columns if name != "slug"}, []


COURSES = Sheet(
    model=Course,
    form=CourseForm,
    columns=("slug", "title", "provider", "category", "ceus", "format", *ENDS[:2], "topics", *ENDS[2:]),
    named="title",
    cells_of=_course_cells,
    rows=lambda: Course.objects.select_related("provider").prefetch_related("topics"),
    read=_read_course,
)
PROVIDERS = Sheet(
    model=Provider,
    form=ProviderForm,
    columns=("slug", "name", *ENDS),
    named="name",
    cells_of=_provider_cells,
    rows=Provider.objects.all,
    read=_read_provider,
    unique=True,
)
