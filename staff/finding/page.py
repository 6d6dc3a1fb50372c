"""The page of results, by kind, people first. A single result is opened at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, F, Model, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from audits.models import Audit
from ceus.models import Course, Provider
from ceus.search import matching_courses, providers_named
from core.policy_words import amount_in_words
from core.templatetags.words import money
from payments.models import Charge
from petitions.models import Petition
from renewals.models import Application
from rules.names import search_words
from staff.actions import staff_user
from staff.finding.asking import SearchMeaning, parse_question
from staff.finding.people import CAP, SHOWN, FoundPerson, found_people, person_rows
from trainers.models import Trainer

CASES: tuple[
    tuple[str, str, type[Petition | Application | Audit], str], ...
] = (  # letter, name, model, the way to the person
    ("P", "Petition", Petition, "trainer"),
    ("R", "Renewal", Application, "trainer"),
    ("A", "Audit", Audit, "cycle__credential__trainer"),
)


@dataclass(frozen=True)
class Hit:
    """One result: a link, the text beside it, and the line under both."""

    label: str
    url: str
    beside: str = ""
    line: str = ""


@dataclass
class SearchResults:
    """All results of one search."""

    people: list[FoundPerson] = field(default_factory=list)
    people_count: int = 0
    cases: list[Hit] = field(default_factory=list)
    money: list[Hit] = field(default_factory=list)
    courses: list[Hit] = field(default_factory=list)
    providers: list[Hit] = field(default_factory=list)
    cases_of_people: bool = False  # these cases were not searched for, but are those of the people found

    @property
    def hits(self) -> list[str]:
        """Return the URLs of the results that match exactly what was typed."""
        others = [*self.money, *self.courses, *self.providers, *([] if self.cases_of_people else self.cases)]
        return [_person_url(one.pk) for one in self.people] + [hit.url for hit in others]

    @property
    def count(self) -> int:
        return len(self.hits) - len(self.people) + self.people_count

    @property
    def count_words(self) -> str:
        return f"More than {CAP}" if self.people_count > CAP else str(self.count)

    @property
    def people_words(self) -> str:
        return f"more than {CAP}" if self.people_count > CAP else str(self.people_count)

    @property
    def more_people(self) -> bool:
        return self.people_count > len(self.people)


def find_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Answer the search field: redirect to a single result, or show the page of all."""
    asked = parse_question(request.GET.get("q", ""))
    found = SearchResults()
    if asked.text and not asked.is_too_short:
        found = find_everything(asked, staff_user(request))
        if found.count == 1:
            return redirect(found.hits[0])
    all_people = f"{reverse('admin:trainers_trainer_changelist')}?{urlencode({'q': asked.text})}"
    page = {**context, "title": "Search", "asked": asked.text, "question": asked, "found": found}
    return TemplateResponse(request, "admin/find.html", {**page, "all_people": all_people})


def find_everything(asked: SearchMeaning, person: Trainer) -> SearchResults:
    """Return what fits the question and this member of staff may open. At most four queries."""
    found = SearchResults()
    if asked.is_of_people and person.has_perm("trainers.view_trainer"):
        people = found_people(asked)
        found.people_count = len(people)
        found.people = person_rows(people[:SHOWN], asked)
    if asked.reference:
        found.cases = _cases(person, reference=asked.reference)
    elif found.people:
        found.cases_of_people = True
        found.cases = _cases(person, of_people=[one.pk for one in found.people])
    if asked.charge is not None and person.has_perm("payments.view_charge"):
        found.money = _charges(asked.charge)
    if asked.words and not asked.reference and person.has_perm("ceus.view_course"):
        found.courses, found.providers = _courses(asked.text)
        if not found.people and not found.courses:
            found.providers = _providers(asked.text)
    return found


def _cases(person: Trainer, *, reference: str = "", of_people: Iterable[int] = ()) -> list[Hit]:
    """Return the cases with this reference, or the open ones of these people. One query."""
    parts = [
        _case_rows(letter, model.objects.filter(reference__begins=reference), to)
        if reference
        else _case_rows(letter, model.objects.filter(**{f"{to}__in": of_people, "ended_at": None}), to)
        for letter, _, model, to in CASES
        if reference[:1] in ("", letter) and person.has_perm(_view(model))
    ]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True)[:SHOWN] if len(parts) > 1 else parts[0][:SHOWN]
    return [_case_hit(person, *row) for row in rows]


def _case_rows(letter: str, rows: "QuerySet[Model]", to: str) -> "QuerySet[Any]":
    marked: QuerySet[Model] = rows.order_by().annotate(
        letter=Value(letter, output_field=CharField()), who=F(f"{to}__name"), at_state=F("state")
    )
    return marked.values_list("letter", "pk", "reference", "who", "at_state")


def _case_hit(person: Trainer, letter: str, key: int, reference: str, who: str, state: str) -> Hit:
    name, model = next((name, model) for known, name, model, _ in CASES if known == letter)
    label = dict(model.State.choices).get(state, state)
    return Hit(reference, work_url(person, model, key), who, f"{name} · {str(label).lower()}")


def work_url(person: Trainer, model: type[Model], key: int) -> str:
    """Return the URL at which this person works on a case: its review page, or a page that they may
    read.
    """
    app, name = model._meta.app_label, model._meta.model_name
    page = "review" if person.has_perm(f"{app}.decide_{name}") else "change"
    return reverse(f"admin:{app}_{name}_{page}", args=[key])


def _charges(number: int) -> list[Hit]:
    rows = Charge.objects.filter(pk=number).select_related("trainer")
    return [
        Hit(
            f"C-{one.pk}",
            reverse("admin:payments_charge_change", args=[one.pk]),
            money(one.due_cents),
            f"{one.trainer.name} · {one.description} · {one.get_state_display().lower()}",
        )
        for one in rows
    ]


def _courses(text: str) -> tuple[list[Hit], list[Hit]]:
    """Return the courses whose title, provider or topics match, and the matching providers among
    them. One query.
    """
    rows = list(matching_courses(Course.objects.select_related("provider"), text).order_by()[: SHOWN + 1])
    wanted = search_words(text)
    providers = {
        one.provider.pk: one.provider
        for one in rows
        if all(any(word.startswith(start) for word in search_words(one.provider.name)) for start in wanted)
    }
    named = [one for one in rows if one.provider.pk not in providers]
    courses = [
        Hit(
            one.title,
            reverse("admin:ceus_course_change", args=[one.pk]),
            line=f"{one.provider.name} · {amount_in_words(one.hundredths)}",
        )
        for one in named[:SHOWN]
    ]
    return courses, [_provider_hit(key, one.name) for key, one in providers.items()]


def _providers(text: str) -> list[Hit]:
    keys = providers_named(text)
    names = Provider.objects.filter(pk__in=keys).values_list("pk", "name")[:SHOWN] if keys else ()
    return [_provider_hit(key, name) for key, name in names]


def _provider_hit(key: int, name: str) -> Hit:
    return Hit(name, reverse("admin:ceus_provider_change", args=[key]), line="Provider")


def _person_url(key: int) -> str:
    return reverse("admin:trainers_trainer_change", args=[key])


def _view(model: type[Model]) -> str:
    return f"{model._meta.app_label}.view_{model._meta.model_name}"
