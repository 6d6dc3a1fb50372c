"""Letters as staff see them: what each says, who gets it, and how many were sent."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.history import subject_of
from core.templatetags.words import at
from outbox.letters import LETTER
from outbox.models import Letter, Notice
from staff.actions import ActionLink, run_action, staff_user
from staff.desk.pages import two_lines
from staff.letters import actions
from staff.letters.audiences import describe_audience, recipients_of
from staff.letters.forms import TEMPLATES
from staff.lists import ReadOnlyAdmin

SEND = "outbox.send_letter"
State = Letter.State
STEPS = {  # state: the actions that are possible
    State.DRAFT: (("change", "Change…"), ("send", "Send…"), ("drop", "Drop…")),
    State.PROPOSED: (("send", "Approve…"), ("take-back", "Take back…"), ("drop", "Drop…")),
    State.SENDING: (("stop", "Stop…"),),
    State.STOPPED: (("resume", "Resume…"), ("drop", "Drop…")),
}


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin[Letter]):
    texts = ("title__icontains",)
    search_help_text = "A subject line"
    ordering = ("-written_at", "-pk")
    list_display = ("title", "goes_to", "stands", "written", "ended_at")
    list_filter = ("state",)
    list_select_related = ("written_by",)
    fields = (
        *("title", "goes_to", "urgency", "state", "progress", "written_by", "written_at", "approved_by"),
        *("approved_at", "ended_at", "words", "as_mailed"),
    )

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "change-words": actions.action_to_change,
            "send": actions.action_to_send,
            "take-back": actions.action_to_take_back,
            "stop": actions.action_to_stop,
            "resume": actions.action_to_resume,
            "drop": actions.action_to_drop,
        }
        write = path("write/", self.admin_site.admin_view(self.write), name=self.url_name("write"))
        return [write, *(self.action(name, make, SEND) for name, make in pages.items()), *super().get_urls()]

    def write(self, request: HttpRequest) -> HttpResponse:
        """Begin a letter, with the words that `?template=` or `?like=` names."""
        if not request.user.has_perm(SEND):
            raise PermissionDenied
        like = request.GET.get("like", "")
        earlier = (
            Letter.objects.filter(pk=like).first()
            if like.isascii() and like.isdigit() and len(like) < 10
            else None
        )

        def page_of(pk: int) -> str:
            return self.address("change", pk)

        action = actions.action_to_write(
            staff_user(request), request.GET.get("template", ""), earlier, page_of
        )
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return run_action(request, action, back=self.address("changelist"), context=context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        may = request.user.has_perm(SEND)
        templates = [(code, name) for code, (name, _title, _words) in TEMPLATES.items()] if may else []
        return super().changelist_view(request, {"templates": templates, **(extra_context or {})})

    def action_links(self, request: HttpRequest, row: Letter) -> list[ActionLink]:
        if not request.user.has_perm(SEND):
            return []
        names = {"change": "change-words"}
        steps = STEPS.get(State(row.state), ())
        links = [ActionLink(label, self.address(names.get(name, name), row.pk)) for name, label in steps]
        return [*links, ActionLink("Write another like it…", f"{self.address('write')}?like={row.pk}")]

    @admin.display(description="goes to")
    def goes_to(self, letter: Letter) -> str:
        return describe_audience(letter.audience, letter.audience_value)

    @admin.display(description="state")
    def stands(self, letter: Letter) -> SafeString:
        """Return the state and, once it was approved, how many people get it."""
        people = "" if letter.counted is None else f"{letter.counted:,} {_people(letter.counted)}"
        return two_lines(letter.get_state_display(), people)

    @admin.display(description="written")
    def written(self, letter: Letter) -> SafeString:
        return two_lines(letter.written_by.name, at(letter.written_at, settings.TIME_ZONE))

    @admin.display(description="how far")
    def progress(self, letter: Letter) -> SafeString | str:
        """Return how many messages were sent, of all; before the approval, how many people would
        get it today.
        """
        if letter.counted is None:
            today = recipients_of(letter.audience, letter.audience_value).count()
            return f"{today:,} {_people(today)} today"
        mine = Notice.objects.filter(kind=LETTER.kind, subject=subject_of(letter))
        left = mine.aggregate(
            sent=Count("pk", filter=Q(state=Notice.State.SENT)),
            other=Count("pk", filter=~Q(state__in=(Notice.State.SENT, Notice.State.DUE))),
        )
        words = f"{left['sent']:,} of {letter.counted:,} sent"
        if left["other"]:
            words += f", {left['other']:,} not sent: not wanted, not needed or failed"
        return format_html(
            '<progress max="{}" value="{}" aria-label="Sent"></progress> {}',
            letter.counted,
            left["sent"] + left["other"],
            words,
        )

    @admin.display(description="as three of them get it")
    def as_mailed(self, letter: Letter) -> SafeString | str:
        mails = ((one.name, one.email, actions.mail_to(letter, one)) for one in actions.three_of(letter))
        rows = ((name, email, mail.title, mail.text) for name, email, mail in mails)
        part = '<h2>{}, {}</h2><p><strong>{}</strong></p><div class="letter">{}</div>'
        return format_html_join("", part, rows) or "Nobody is in this group today."


def _people(count: int) -> str:
    return "person" if count == 1 else "people"
