"""The page on which a lead tries other figures from a day on: checked, compared with the present
ones, and whom they affect.

Trying saves nothing: what differs is in the page's URL, which can be sent to a colleague, and the file
can be downloaded. A lead who says why proposes the figures to a second person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from cases.models.policy_draft import LONGEST_WHY
from cases.policy_figures import WORDS, EditableFigure, figure_changes
from cases.policy_text import draft_text, editable_figures
from cases.services.policy_drafts import draft_policy_version
from core import clock
from core.forms import PlainForm
from core.policy_words import other_policy_code, policy_asked_about
from rules.policy.load import path_with_later_versions
from rules.policy.model import Policy
from rules.policy.parse import PolicyError
from staff.actions import staff_user
from staff.policy.diffing import needed_amounts, stale_texts, version_changes
from staff.policy.files import Problem, check_draft
from staff.policy.impact import impact_of

MAY = "trainers.suspend_credential"
COMPARED = 2000  # people: the page answers within a moment, and the bench counts everybody
LONGEST, LONGEST_LIST, LONGEST_WORDS = 40, 120, 2000
LONGEST_QUERY = 3000  # characters: servers refuse a longer address, and then the page is the answer itself


class DraftForm(PlainForm):
    """The form for the numbers of the next policy version and its first day; it begins with those
    of the newest version.
    """

    first_day = forms.DateField(
        label="In force from",
        help_text="A day that is still to come.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the first day.", "invalid": "Choose a day such as 2028-01-01."},
    )

    def __init__(
        self, *args: object, figures: list[EditableFigure], policy: Policy, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.figures, self.policy = figures, policy
        for one in figures:
            self.fields[one.name] = _field_of(one)

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        earliest = max(clock.today(self.policy.time_zone), self.policy.versions[-1].in_force_from)
        if day <= earliest:
            raise forms.ValidationError(
                "Choose a day after today and after the newest version’s.", code="past"
            )
        return day

    def clean(self) -> dict[str, object]:
        answers = super().clean() or self.cleaned_data
        if self.fits() and not self.changes():
            raise forms.ValidationError("Change a figure.", code="unchanged")
        return answers

    def fits(self) -> bool:
        """Return whether the day and each figure can be used, whatever else is missing."""
        return not set(self.errors) - {"why"}

    def carried(self) -> list[forms.BoundField]:
        """Return the fields that say what was asked for: the day, and the figures that differ."""
        return [self["first_day"], *(self[one.name] for one in self.figures if one.place in self.changes())]

    def query(self, *, with_words: bool) -> str:
        """Return the query of the page's URL that asks for the same."""
        said = {one.html_name: one.data for one in self.carried()}
        which = other_policy_code(self.policy)
        about = {"policy": which} if which else {}
        return urlencode({**about, **({"words": "1"} if with_words else {}), **said})

    def changes(self) -> dict[tuple[str, ...], str]:
        """Return the figures that differ from those in the file. An empty field leaves its figure
        unchanged.
        """
        typed = {one.place: self.cleaned_data.get(one.name, "") for one in self.figures}
        return {
            one.place: typed[one.place] for one in self.figures if typed[one.place] not in ("", one.value)
        }

    def refuse_figures(self, problems: Iterable[Problem]) -> list[str]:
        """Add each problem of the draft as an error to the form field of its figure; return the
        sentences of the problems that concern no field.
        """
        others = []
        for problem in problems:
            path, _, said = problem.sentence.partition(": ")
            figure = next((one for one in self.figures if _is_about(path, one)), None)
            if figure is None:
                others.append(problem.sentence)
                continue
            sentence = f"It {said}" if said.startswith("must ") else said
            self.add_error(figure.name, forms.ValidationError(sentence, code="figure"))
        return others


def _field_of(figure: EditableFigure) -> forms.CharField:
    """Return the field of one figure, or of words, which are longer."""
    if figure.kind != WORDS:
        longest = LONGEST_LIST if ", " in figure.value else LONGEST
        return forms.CharField(label=figure.label, required=False, max_length=longest, initial=figure.value)
    box = forms.Textarea({"rows": 2})
    return forms.CharField(
        label=figure.label, required=False, max_length=LONGEST_WORDS, initial=figure.value, widget=box
    )


class ProposeForm(DraftForm):
    """The form in which a lead proposes the figures, with the reason, to a second person."""

    why = forms.CharField(
        label="Why the figures change",
        help_text="The second person reads it.",
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write why the figures change."},
    )


def _is_about(path: str, figure: EditableFigure) -> bool:
    """Return whether a problem at `path`, such as "versions[2027-06-01].total", is about a figure."""
    within_version = path.partition("].")[2]
    return bool(within_version) and f"{figure.path}.".startswith(f"{within_version}.")


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest) -> HttpResponse:
    """Show the form, and what a draft with its figures would change; send the draft's file; or
    propose the figures.
    """
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    policy = policy_asked_about(request)
    text = _file_of(policy).read_text(encoding="utf-8")
    figures = [one for one in editable_figures(text) if one.kind != WORDS or _with_words(request)]
    if request.method == "POST" and not {"try", "file"} & request.POST.keys():
        return _propose(
            request, policy, ProposeForm(_said(request, figures), figures=figures, policy=policy), text
        )
    return _show(request, policy, DraftForm(_said(request, figures), figures=figures, policy=policy), text)


def _said(request: HttpRequest, figures: Iterable[EditableFigure]) -> Mapping[str, object] | None:
    """Return what was typed, None at the first visit. A figure that was not sent stays as it is: only
    those that differ are carried from page to page.
    """
    sent = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and "first_day" not in sent:
        return None
    return {**{one.name: one.value for one in figures}, **sent.dict()}


def _propose(request: HttpRequest, policy: Policy, form: ProposeForm, text: str) -> HttpResponse:
    if form.is_valid():
        with form.refusals():
            draft = draft_policy_version(
                policy,
                first_day=form.cleaned_data["first_day"],
                changes=form.changes(),
                why=form.cleaned_data["why"],
                today=clock.today(policy.time_zone),
                by=staff_user(request),
                at=clock.now(),
            )
            messages.success(request, "It waits for a second person now. Nothing has changed yet.")
            return redirect("admin:cases_policydraft_change", draft.pk)
    return _show(request, policy, form, text)


def _show(request: HttpRequest, policy: Policy, form: DraftForm, text: str) -> HttpResponse:
    page: dict[str, object] = {"title": "Try other figures", "form": form, "policy": policy}
    page |= {"with_words": _with_words(request), "which": other_policy_code(policy)}
    if form.is_bound and form.fits():
        checked = _checked(policy, form, text)
        if checked.policy is None:
            page["problems"] = form.refuse_figures(checked.problems)
        elif "file" in request.GET or "file" in request.POST:
            return _download(policy, checked.text)
        elif (
            "try" in request.POST
            and len(query := form.query(with_words=_with_words(request))) < LONGEST_QUERY
        ):
            return redirect(f"{request.path}?{query}")
        else:
            proposed = (
                form if isinstance(form, ProposeForm) else ProposeForm(figures=form.figures, policy=policy)
            )
            page |= {
                **_answer(
                    policy, checked.policy, figure_changes(form.figures, editable_figures(checked.text))
                ),
                "propose": proposed["why"],
                "query": form.query(with_words=False),
            }
    refused = bool(form.errors or page.get("problems"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and refused else HTTPStatus.OK
    context = {**admin.site.each_context(request), "opts": None, **page}
    return TemplateResponse(request, "admin/policy/draft.html", context, status=status)


@dataclass(frozen=True)
class _Checked:
    """A draft's file, and its policy or its problems."""

    text: str
    policy: Policy | None
    problems: tuple[Problem, ...]


def _checked(policy: Policy, form: DraftForm, text: str) -> _Checked:
    try:
        drafted = draft_text(text, first_day=form.cleaned_data["first_day"], changes=form.changes())
    except PolicyError as error:
        return _Checked("", None, tuple(Problem(0, one) for one in error.problems))
    found = check_draft(drafted, policy.code)
    return _Checked(drafted, found.policy, found.problems)


def _answer(policy: Policy, draft: Policy, more: list[str]) -> dict[str, object]:
    """Return what a draft changes, whom it affects, and which of its texts name a previous figure."""
    before, after = draft.versions[-2:]
    today = clock.today(policy.time_zone)
    return {
        "changes": [*version_changes(before, after), *more],
        "touched": impact_of(policy, draft, today=today, most=COMPARED).sentences(),
        "stale": stale_texts(draft, before, after),
        "needs_change": needed_amounts(before) != needed_amounts(after),
    }


def _with_words(request: HttpRequest) -> bool:
    """Return whether the page offers the words as well; they are many."""
    return "words" in (request.POST if request.method == "POST" else request.GET)


def _file_of(policy: Policy) -> Path:
    path = path_with_later_versions(policy.code)
    assert path  # noqa: S101 - the portal has started with it
    return path


def _download(policy: Policy, draft: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{policy.code}.toml"'}
    return HttpResponse(draft, content_type="text/plain; charset=utf-8", headers=headers)
