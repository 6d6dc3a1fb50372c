"""What the desk reads about cases: who is assigned, what is snoozed, whom a case can be assigned
to, and the notes of staff.

Each function makes one query, however many cases there are.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar, cast

from django.apps import apps
from django.db import models
from django.db.models import BigIntegerField, CharField, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Substr

from cases.models import Assignment, CaseModel, Conflict, Mention, Note, Snooze
from cases.protocols import DecidedCase
from core.history import StoredRow, subject_of, subject_prefix
from trainers.models import Trainer

CaseRow = TypeVar("CaseRow", bound=CaseModel)
MOST_OFFERED = 200  # unassigned cases that are offered at most


def colleagues_with(permission: str) -> "QuerySet[Trainer]":
    """Return the active staff who have `permission`: directly, by a group or as a superuser."""
    app, _, codename = permission.partition(".")
    wanted = {"codename": codename, "content_type__app_label": app}
    theirs = Q(**{f"user_permissions__{name}": value for name, value in wanted.items()})
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in wanted.items()})
    here = Trainer.objects.filter(is_active=True, is_staff=True)  # few, by an index of their own
    able = here.filter(theirs | by_group | Q(is_superuser=True)).order_by().values("pk")
    return Trainer.objects.filter(pk__in=able).order_by("name", "pk")


def case_models() -> list[type[CaseModel]]:
    """Return every installed model of a trainer's case."""
    return [one for one in apps.get_models() if issubclass(one, CaseModel) and one.CREDENTIAL]


def lost_assignments() -> "QuerySet[Assignment]":
    """Return the assignments that have not ended although their assignees have left or may no
    longer decide about such cases.
    """
    lost = Q(pk__in=[])
    for model in case_models():
        able = colleagues_with(model.DECIDE).order_by().values("pk")
        lost |= Q(subject__startswith=subject_prefix(model)) & ~Q(assignee__in=able)
    return Assignment.objects.standing().filter(lost).select_related("assignee")


def assigned_to(cases: Iterable[DecidedCase]) -> dict[int, Assignment]:
    """Return the current assignment of each case that has one, by the case's primary key. One
    query. All cases are of one model.

    Left out are assignments of people who have left or lost the permission to decide.
    """
    rows = {subject_of(case): case for case in cases}
    if not rows:
        return {}
    permission = next(iter(rows.values())).DECIDE
    able = colleagues_with(permission).order_by().values("pk")
    found = Assignment.objects.standing().filter(subject__in=rows, assignee__in=able)
    return {rows[one.subject].pk: one for one in found.select_related("assignee")}


def assignment_of(case: DecidedCase) -> Assignment | None:
    """Return the current assignment of one case, with its assignee; None when nobody is assigned."""
    return assigned_to([case]).get(case.pk)


def snoozes_of(cases: Iterable[DecidedCase], *, on: date) -> dict[int, Snooze]:
    """Return the snooze of each case that is snoozed on the day `on`, by the case's primary key.
    One query.
    """
    rows = {subject_of(case): case.pk for case in cases}
    found = Snooze.objects.standing_on(on).filter(subject__in=rows).select_related("by") if rows else ()
    return {rows[one.subject]: one for one in found}


def snooze_of(case: DecidedCase, *, on: date) -> Snooze | None:
    """Return the snooze of one case on the day `on`; None when the case is not snoozed."""
    return snoozes_of([case], on=on).get(case.pk)


def notes_of(*rows: StoredRow, reader: Trainer) -> "QuerySet[Note]":
    """Return the notes about any of `rows` (cases or trainers), newest first, with their authors.

    Notes about `reader` are left out: nobody reads notes about themselves.
    """
    cases = [subject_of(row) for row in rows if not isinstance(row, Trainer)]
    people = [row for row in rows if isinstance(row, Trainer)]
    # By the person: the subject may be an account that became part of theirs.
    found = Q(subject__in=cases) | Q(trainer__in=people, subject__startswith=subject_prefix(Trainer))
    notes = Note.objects.filter(found).exclude(trainer=reader)
    return notes.select_related("by").order_by("-pk")


def unread_mentions(person: Trainer) -> "QuerySet[Mention]":
    """Return the mentions that `person` has not marked as read, with their notes; the oldest first."""
    return Mention.objects.unread_by(person)


def known_to(person: Trainer) -> "QuerySet[Conflict, Mapping[str, object]]":
    """Return, as a subquery, the primary keys of the trainers whom `person` has declared to know."""
    return Conflict.objects.filter(colleague=person).order_by().values("trainer")


def knows_trainer(person: Trainer, trainer: Trainer) -> bool:
    """Return whether `person` has declared to know this trainer."""
    return Conflict.objects.filter(colleague=person, trainer=trainer).exists()


# --- lists


def subject_words(model: type[models.Model], pk: str = "pk") -> Concat:
    """Return the subject of a row of `model`, such as "petitions.petition:7", as a query
    expression.
    """
    return Concat(Value(subject_prefix(model)), Cast(pk, CharField()), output_field=CharField())


def with_desk(cases: "QuerySet[CaseRow]", *, on: date) -> "QuerySet[CaseRow]":
    """Return `cases` annotated with `assignee_pk`, `assignee_name` and `snoozed_until`, each None
    where there is none.

    Adds no query.
    """
    model = cases.model
    able = colleagues_with(model.DECIDE).order_by().values("pk")
    rows = cases.annotate(desk_subject=subject_words(model))
    assigned = Assignment.objects.standing().filter(subject=OuterRef("desk_subject"), assignee__in=able)
    waits = Snooze.objects.standing_on(on).filter(subject=OuterRef("desk_subject"))
    annotated = rows.annotate(
        assignee_pk=Subquery(assigned.order_by().values("assignee")[:1]),
        assignee_name=Subquery(assigned.order_by().values("assignee__name")[:1]),
        snoozed_until=Subquery(waits.order_by().values("until_on")[:1]),
    )
    return cast("QuerySet[CaseRow]", annotated)  # the stubs lose the model of a type variable


def assigned_cases(person: Trainer, cases: "QuerySet[CaseRow]") -> "QuerySet[CaseRow]":
    """Return those of `cases` that are assigned to `person`."""
    return cases.filter(pk__in=_keys_assigned_to(person, cases.model))


def _keys_assigned_to(
    person: Trainer, model: type[models.Model], *, others: bool = False
) -> "QuerySet[Model]":
    """Return the primary keys of the cases of `model` that are assigned to `person`; with `others`,
    to anybody but `person`. Only assignments are read, so that the query stays small however many
    cases there are.
    """
    prefix = subject_prefix(model)
    theirs = Q(assignee=person)
    assigned = Assignment.objects.standing().filter(~theirs if others else theirs, subject__startswith=prefix)
    key = Cast(Substr("subject", len(prefix) + 1), BigIntegerField())
    return assigned.order_by().values_list(key, flat=True)


def with_nobody(cases: "QuerySet[CaseRow]") -> "QuerySet[CaseRow]":
    """Return those of `cases` that are assigned to nobody, or to somebody who has left."""
    model = cases.model
    able = colleagues_with(model.DECIDE).order_by().values("pk")
    assigned = Assignment.objects.standing().filter(assignee__in=able, subject=OuterRef("desk_subject"))
    found = cases.alias(desk_subject=subject_words(model)).filter(~Exists(assigned))
    return cast("QuerySet[CaseRow]", found)  # the stubs lose the model of a type variable


def asleep_on(day: date, cases: "QuerySet[CaseRow]", *, asleep: bool = True) -> "QuerySet[CaseRow]":
    """Return those of `cases` that are snoozed on `day`; with `asleep` False, those that are
    not.
    """
    model = cases.model
    waits = Exists(Snooze.objects.standing_on(day).filter(subject=OuterRef("desk_subject")))
    found = cases.alias(desk_subject=subject_words(model)).filter(waits if asleep else ~waits)
    return cast("QuerySet[CaseRow]", found)  # the stubs lose the model of a type variable


def offered_to(
    person: Trainer,
    cases: "QuerySet[CaseRow]",
    *,
    on: date,
    most: int = MOST_OFFERED,
    late: Q | None = None,
) -> "QuerySet[CaseRow]":
    """Return the rows of `cases` that `person` may take next: first those assigned to them, then at
    most `most` that nobody has. With the condition `late`, at most `most` late cases of colleagues
    come last.

    Left out are snoozed cases, those about `person`, and those of trainers whom they know. Within
    each of these groups the order of `cases` stays. The database reads no further than `most`,
    however many wait.
    """
    model = cases.model
    order = cases.query.order_by or ("pk",)
    trainer = f"{model.CREDENTIAL}__trainer"
    open_to_them = cases.exclude(**{f"{trainer}__in": known_to(person)}).exclude(**{trainer: person})
    awake = asleep_on(on, open_to_them.select_related(None), asleep=False)
    mine = _keys_assigned_to(person, model)
    theirs = awake.order_by().filter(pk__in=mine).values("pk")
    free = with_nobody(awake).order_by(*order).values("pk")[:most]
    every = model._default_manager.order_by()
    parts, turns = [theirs, free], [models.When(pk__in=mine, then=Value(0))]
    if late is not None:
        assigned = _keys_assigned_to(person, model, others=True)
        parts.append(awake.filter(late, pk__in=assigned).order_by(*order).values("pk")[:most])
        turns.append(models.When(pk__in=assigned, then=Value(2)))
    keys = [every.filter(pk__in=part).values("pk") for part in parts]
    chosen = keys[0].union(*keys[1:], all=True)
    first = models.Case(*turns, default=Value(1))
    offered = with_desk(cases.filter(pk__in=chosen), on=on).annotate(turn=first)
    ordered = offered.order_by("turn", *order)
    return cast("QuerySet[CaseRow]", ordered)  # the stubs lose the model of a type variable


def colleagues_who_know(trainer: Trainer) -> "QuerySet[Conflict, Mapping[str, object]]":
    """Return, as a subquery, the primary keys of the colleagues who have declared that they know
    `trainer`.
    """
    return Conflict.objects.filter(trainer=trainer).order_by().values("colleague")
