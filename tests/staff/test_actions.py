"""The page of one action: what it checks, what it shows before anything is done, and that previews write nothing."""

from dataclasses import replace
from http import HTTPStatus
from threading import Thread

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db.models.signals import post_save
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.html import format_html

from core import clock
from core.errors import Refusal
from core.history import record_history
from core.mail import render_mail
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import kind_of
from petitions import services
from petitions.notices import QUESTION
from staff.actions import (
    Action,
    check_nothing_new,
    dry_run,
    first_review_url,
    naming_who_was_first,
    preview_notice,
    run_action,
)
from staff.forms import ReasonForm
from tests.petitions import scenes as stage
from trainers.models import Trainer

pytestmark = pytest.mark.django_db
BACK = "/staff/trainers/trainer/"
REVIEW, QUEUE = "admin:trainers_trainer_change", "admin:trainers_trainer_changelist"


def answer_of(action: Action, data: dict[str, str] | None = None) -> HttpResponse:
    """Return the answer of `run_action` to an opened page, or to `data` posted from its form."""
    factory = RequestFactory()
    request = factory.get("/") if data is None else factory.post("/", data)
    request.session = {}
    request._messages = FallbackStorage(request)
    answer = run_action(request, action, back=BACK, context={})
    answer.said = [str(one) for one in get_messages(request)]
    return answer


class Deeds:
    """An action that records with what it was called."""

    def __init__(self, **fields) -> None:
        self.asked: list[str] = []
        self.action = replace(
            Action(
                title="Change it",
                button="Do it",
                form=ReasonForm,
                do=lambda answers: self._note("do") or f"Done: {answers['reason']}",
                check=lambda answers: self._note("check"),
            ),
            **fields,
        )

    def _note(self, what: str) -> None:
        self.asked.append(what)


def shown_mail(answers) -> object:
    return render_mail("petition_denied", {"words": answers["reason"]})


def test_opening_the_page_of_an_action_neither_checks_nor_does_anything():
    deeds = Deeds()
    answer = answer_of(deeds.action)
    assert (answer.status_code, answer.template_name, deeds.asked) == (200, "admin/action.html", [])


def test_a_submitted_action_is_checked_done_and_redirects_back_with_a_sentence():
    deeds = Deeds()
    answer = answer_of(deeds.action, {"reason": "Why."})
    assert (answer.status_code, answer["Location"], answer.said) == (302, BACK, ["Done: Why."])
    assert deeds.asked == ["check", "do"]


def test_an_action_with_a_next_url_redirects_to_it():
    assert answer_of(Deeds(next_url=lambda: "/next/").action, {"reason": "Why."})["Location"] == "/next/"


def test_a_link_in_an_actions_success_sentence_is_not_escaped():
    deeds = Deeds(do=lambda answers: format_html('<a href="{}">Undo</a>', "/undo/"))
    assert answer_of(deeds.action, {"reason": "Why."}).said == ['<a href="/undo/">Undo</a>']


def test_an_action_with_an_invalid_form_is_not_checked():
    deeds = Deeds()
    answer = answer_of(deeds.action, {"reason": ""})
    assert (answer.status_code, deeds.asked) == (HTTPStatus.UNPROCESSABLE_ENTITY, [])


@pytest.mark.parametrize("refuses", ["check", "preview", "do"])
def test_the_refusal_of_an_action_is_shown_at_its_field_and_the_input_is_kept(refuses):
    def refuse(answers):
        raise Refusal("Not today.", field="reason")

    previewed = {"preview": shown_mail} if refuses == "preview" else {}
    deeds = Deeds(**{**previewed, refuses: refuse})
    answer = answer_of(deeds.action, {"reason": "Why."})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    form = answer.context_data["form"]
    assert (form.errors["reason"], form["reason"].value(), answer.said) == (["Not today."], "Why.", [])
    assert "do" not in deeds.asked


def test_an_action_with_a_mail_preview_is_done_only_after_preview_and_confirmation():
    deeds = Deeds(preview=lambda answers: deeds._note("preview") or "the mail")
    first = answer_of(deeds.action, {"reason": "Why."})
    assert (first.template_name, first.context_data["mail"]) == ("admin/action_preview.html", "the mail")
    assert deeds.asked == ["check", "preview"]
    changed = answer_of(deeds.action, {"reason": "Why.", "change": "yes"})
    assert (changed.template_name, changed.context_data["mail"]) == ("admin/action.html", None)
    assert deeds.asked == ["check", "preview"]
    assert answer_of(deeds.action, {"reason": "Why.", "confirmed": "yes"}).status_code == 302
    assert deeds.asked == ["check", "preview", "check", "do"]


@pytest.mark.parametrize(
    ("fields", "button"), [({}, "Do it"), ({"preview": shown_mail}, "Show the mail first")]
)
def test_the_button_of_an_action_says_whether_a_mail_preview_follows(fields, button):
    answer = answer_of(Deeds(**fields).action)
    text = answer.render().content.decode()
    assert button in text
    assert ("Do it" in text) is not bool(fields)


# --- previews


def notices_of(trainer: Trainer) -> list[str]:
    return list(Notice.objects.filter(trainer=trainer).values_list("kind", flat=True))


def ask(petition, by: Trainer) -> None:
    services.ask_question(petition, by=by, at=clock.now(), text="Which exercises were taught?")


@pytest.fixture
def petition(jordan, clock_at):
    return stage.submitted(jordan, at=clock_at("2027-01-20 10:32"))


def test_a_dry_run_returns_its_result_and_rolls_back_its_writes(jordan):
    def rename() -> str:
        Trainer.objects.filter(pk=jordan.pk).update(name="Somebody Else")
        return Trainer.objects.get(pk=jordan.pk).name

    assert dry_run(rename) == "Somebody Else"
    assert Trainer.objects.get(pk=jordan.pk).name == "Jordan Rivera"


@pytest.mark.parametrize(("kind", "shown"), [(QUESTION, QUESTION), ("", QUESTION)])
def test_a_preview_shows_the_mail_that_is_sent_and_stores_no_notice(petition, jordan, reviewer, kind, shown):
    """Asking queues the question and, after it, the reminders of its last day."""
    before = (notices_of(jordan), HistoryEntry.objects.count())
    mail = preview_notice(lambda: ask(petition, reviewer), kind=kind)
    assert (notices_of(jordan), HistoryEntry.objects.count()) == before
    petition.refresh_from_db()
    assert petition.state == "submitted"
    ask(petition, reviewer)
    notice = Notice.objects.filter(kind=shown).latest("pk")
    sent = kind_of(shown)
    assert mail == render_mail(sent.template, sent.contexts([notice])[notice.pk])


def test_a_preview_ignores_a_notice_queued_by_another_thread(petition, jordan, stranger, reviewer):
    """A notice that another thread queues is not part of this person's preview."""

    def do() -> None:
        foreign = Notice(kind=QUESTION, subject="x", event="x", trainer=stranger, send_at=clock.now())
        other = Thread(target=lambda: post_save.send(Notice, instance=foreign, created=True))
        ask(petition, reviewer)
        other.start()
        other.join()

    assert "Which exercises were taught?" in preview_notice(do, kind=QUESTION).text


def test_previewing_an_action_that_would_send_no_mail_is_refused(petition, reviewer):
    with pytest.raises(Refusal, match="This would send no mail"):
        preview_notice(lambda: None)
    with pytest.raises(Refusal, match="This would send no mail"):
        preview_notice(lambda: ask(petition, reviewer), kind="petitions.approved")


def test_a_failed_preview_stores_no_notice_and_disconnects_its_signal_receiver(petition, jordan, reviewer):
    def fail() -> None:
        ask(petition, reviewer)
        raise Refusal("Not today.")

    before, listening = notices_of(jordan), len(post_save.receivers)
    with pytest.raises(Refusal, match="Not today."):
        preview_notice(fail)
    assert (notices_of(jordan), len(post_save.receivers)) == (before, listening)


# --- two people at once


@pytest.fixture
def entry(jordan, reviewer):
    """The newest row of Jordan's history, by the reviewer."""
    return record_history(jordan, "decided", trainer=jordan, by=reviewer, at=clock.now())


def what(entry: HistoryEntry) -> str:
    return f"{entry.verb} about this"


def test_an_action_on_a_case_without_new_history_is_not_refused(entry, lead):
    check_nothing_new(None, None, by=lead, what=what)
    check_nothing_new(entry, entry.pk, by=lead, what=what)


@pytest.mark.parametrize("seen", [None, 0, -1])
def test_posting_a_page_older_than_the_newest_history_is_refused_with_the_name_of_who_was_first(
    entry, lead, seen
):
    with pytest.raises(Refusal, match="Robin Reviewer decided about this before you. Nothing was") as refused:
        check_nothing_new(entry, seen, by=lead, what=what, own_verb="decided")
    assert refused.value.code == "decided"


def test_a_repeated_click_by_the_same_person_is_not_refused_as_outdated(entry, reviewer):
    check_nothing_new(entry, None, by=reviewer, what=what, own_verb="decided")
    for other in ("", "asked"):
        with pytest.raises(Refusal):
            check_nothing_new(entry, None, by=reviewer, what=what, own_verb=other)


def test_a_history_row_without_an_author_is_attributed_to_the_system(entry, lead):
    entry.by = None
    with pytest.raises(Refusal, match="The system decided about this before you."):
        check_nothing_new(entry, None, by=lead, what=what)


@pytest.mark.parametrize(
    ("code", "sentence"), [("out_of_order", "Robin Reviewer decided about this"), ("other", "It is over.")]
)
def test_only_an_out_of_order_refusal_is_replaced_by_the_name_of_who_acted_first(entry, code, sentence):
    with pytest.raises(Refusal, match=sentence), naming_who_was_first(lambda: entry, what=what):
        raise Refusal("It is over.", code=code)


def test_an_out_of_order_refusal_without_history_keeps_its_sentence():
    with pytest.raises(Refusal, match="It is over."), naming_who_was_first(lambda: None, what=what):
        raise Refusal("It is over.", code="out_of_order")


def test_after_a_review_the_next_url_is_the_first_waiting_case_or_else_the_queue(jordan, stranger):
    people = Trainer.objects.order_by("-pk")
    first = people.first()
    assert first_review_url(people, review=REVIEW, queue=QUEUE).endswith(f"/trainer/{first.pk}/change/")
    assert first_review_url(people.none(), review=REVIEW, queue=QUEUE) == "/staff/trainers/trainer/"
