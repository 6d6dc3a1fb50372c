"""The page on which a roster is uploaded."""

from datetime import date
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import clock
from core.forms import DateField3, PlainForm
from core.policy_words import policy_choices
from documents.uploads import MAX_BYTES
from rules.policy.load import load_policy
from staff.actions import staff_user
from staff.lists import StaffAdmin
from trainers.models import Roster
from trainers.roster.reading import COLUMNS
from trainers.services.rosters import store_roster

MAY = "trainers.import_roster"
MEGABYTES = MAX_BYTES // (1024 * 1024)


class SendForm(PlainForm):
    """The form of an upload: the file, and the day on which it was exported."""

    file = forms.FileField(
        label="Roster",
        help_text=f"CSV in UTF-8, at most {MEGABYTES} MB, with the columns {', '.join(COLUMNS)}, "
        "and facts.… for facts that the policy declares, renewed_by for the way of the renewal before.",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        allow_empty_file=True,  # the service says what is wrong with it
        error_messages={"required": "Choose a file."},
    )
    policy = forms.ChoiceField(
        label="Rules",
        choices=policy_choices,
        initial=lambda: settings.PORTAL_POLICY,
        help_text="Which rules the certifications of the file follow.",
        error_messages={"required": "Choose the rules.", "invalid_choice": "Choose the rules from the list."},
    )
    exported_on = DateField3(
        label="Day of the file",
        what="the day on which it was made",
        required=False,
        help_text="What was set here before that day may be replaced. Empty: nothing that was set here is replaced.",
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        if len(policy_choices()) == 1:
            del self.fields["policy"]

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(f"Choose a file of at most {MEGABYTES} MB, or split it.", code="too_big")
        return file

    def clean_exported_on(self) -> date | None:
        day: date | None = self.cleaned_data["exported_on"]
        if day and day > clock.today(load_policy(settings.PORTAL_POLICY).time_zone):
            raise ValidationError("The day of the file cannot be in the future.", code="future")
        return day


def send_page(room: StaffAdmin[Roster], request: HttpRequest) -> HttpResponse:
    """Show the form; store the uploaded file, and redirect to the roster's page, which shows the
    worker's progress.
    """
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    form = SendForm(request.POST, request.FILES) if request.method == "POST" else SendForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with form.refusals():
            roster = store_roster(
                name=file.name,
                content=file.read(),
                policy_code=form.cleaned_data.get("policy") or settings.PORTAL_POLICY,
                exported_on=form.cleaned_data["exported_on"],
                by=staff_user(request),
                at=clock.now(),
            )
            messages.success(
                request, "The file is here. Nothing is written before you have seen what it would do."
            )
            return redirect("admin:trainers_roster_change", roster.pk)
    answer = room.render_page(request, "admin/rosters/send.html", {"title": "Send a roster", "form": form})
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return answer
