"""What staff may do to the documents of an audit. Each action calls one service."""

from collections.abc import Sequence

from audits import services
from audits.models import Audit, AuditItem
from audits.services.timing import items_of
from cases.reviewers import require_reviewer
from core import clock
from core.errors import Refusal
from core.forms import PlainForm
from core.history import subject_of
from core.models import HistoryEntry
from core.policy_words import fill_policy_words
from staff.actions import Action, Answers
from staff.audits import forms
from staff.audits.actions import ROOM
from staff.audits.pages import unopened_words
from staff.decisions import newest_pk
from staff.forms import SeenForm
from trainers.models import Trainer


def action_to_accept(item: AuditItem, by: Trainer) -> Action:
    return _verdict_action(item, by, AuditItem.Verdict.ACCEPTED, "Accept", SeenForm)


def action_to_replace(item: AuditItem, by: Trainer) -> Action:
    lines = ("No mail goes out yet: you ask for all replacements together.",)
    return _verdict_action(item, by, AuditItem.Verdict.REPLACE, "Replace", forms.ReplaceForm, lines)


def action_to_refuse(item: AuditItem, by: Trainer) -> Action:
    lines = ("The course does not count once the audit is closed. Until then you can still change it.",)
    return _verdict_action(item, by, AuditItem.Verdict.REFUSED, "Refuse", forms.RefuseForm, lines)


def _verdict_action(
    item: AuditItem,
    by: Trainer,
    verdict: AuditItem.Verdict,
    verb: str,
    form: type[PlainForm],
    lines: Sequence[str] = (),
) -> Action:
    def do(answers: Answers) -> str:
        words = {"words": answers["words"]} if "words" in answers else {}
        services.judge_item(item, verdict=verdict, by=by, at=clock.now(), **words)
        return f"“{item.record.title}”: {verdict.label.lower()}."

    return Action(
        title=f"{verb} “{item.record.title}”",
        button=f"{verb} this document",
        do=do,
        form=form,
        initial={"words": item.words, "seen": newest_pk(item.audit)},
        lines=lines,
        check=lambda answers: _check_nothing_added(item.audit, answers.get("seen")),
        next_url=lambda: _next_document_url(item),
    )


def _next_document_url(item: AuditItem) -> str:
    """Return the URL of the next document without a verdict; of the present one when there is none."""
    items = items_of(item.audit)
    at = [one.pk for one in items].index(item.pk) + 1
    others = (one.pk for one in (*items[at:], *items[:at]) if one.verdict == AuditItem.Verdict.NONE)
    return f"{ROOM.review_url(item.audit)}?item={next(others, item.pk)}"


def action_to_accept_rest(audit: Audit, by: Trainer) -> Action:
    """Return the action that accepts every document without a verdict."""

    def do(answers: Answers) -> str:
        rest = list(audit.items.filter(verdict=AuditItem.Verdict.NONE))
        for item in rest:
            services.judge_item(item, verdict=AuditItem.Verdict.ACCEPTED, by=by, at=clock.now())
        return f"{len(rest)} accepted."

    def check(answers: Answers) -> None:
        require_reviewer(audit, by)
        _check_nothing_added(audit, answers["seen"])

    return Action(
        title=f"Accept what is left in {audit.reference}",
        button="Accept these documents",
        do=do,
        form=SeenForm,
        initial={"seen": newest_pk(audit)},
        lines=("Every document that nothing was said about is accepted. You can still change each.",),
        check=check,
        doubts=lambda: unopened_words(audit, by),
        next_url=lambda: ROOM.review_url(audit),
    )


def action_to_suspect(item: AuditItem, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.suspect_item(item, by=by, at=clock.now(), **answers)
        return "A lead decides about this audit now. Nobody was mailed."

    return Action(
        title=f"“{item.record.title}” may be altered",
        button="Pass it to a lead",
        do=do,
        form=forms.SuspectForm,
        next_url=lambda: ROOM.review_url(item.audit),
    )


def _check_nothing_added(audit: Audit, seen: int | None) -> None:
    """Raise Refusal when the trainer added something since the page was opened: nobody may accept
    what they have not seen.
    """
    by_trainer = HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer)
    if seen is not None and by_trainer.filter(pk__gt=seen).exists():
        raise Refusal(
            fill_policy_words("The {holder} added something while you had this open. Look again."),
            code="changed",
        )
