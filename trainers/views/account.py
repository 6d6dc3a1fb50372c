"""The first visit, the account and the messages of the person who is signed in."""

from typing import cast

from django.conf import settings
from django.contrib import messages as banners
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from core import clock
from core.access import public, signed_in
from outbox.models import MailEvent, Notice
from rules.policy.load import load_policy
from trainers import allauth_internals, claiming, known_devices, unsubscribing
from trainers.access import cycle_asked_about
from trainers.circumstances import facts_asked_of
from trainers.forms import ClaimForm, RemindersForm, TimeZoneForm
from trainers.lookups import credential_of, messages_of
from trainers.models import Trainer
from trainers.pages.mail_calendar import cycle_to_remind, mail_calendar
from trainers.services.profile import mark_messages_seen, set_time_zone
from trainers.services.wishes import set_wishes

PER_PAGE = 20


@public
def claim_account(request: HttpRequest) -> HttpResponse:
    """Ask for number and address, then for a code. Everybody gets the same answer, so that nobody
    learns who is certified.
    """
    if request.user.is_authenticated:
        return redirect("trainers:account")
    form = ClaimForm(request.POST or None)
    if not form.is_valid():
        return render(request, "trainers/claim.html", {"form": form}, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    counted_by = known_devices.counted_by(request, email)
    if not allauth_internals.count_attempt(request, "request_login_code", key=counted_by):
        return allauth_internals.too_many_attempts(request)
    owner = claiming.owner_of(form.cleaned_data["number"], email)
    allauth_internals.start_login_by_code(request, user=owner, email=email)
    then = urlencode({"next": reverse("trainers:claimed")})
    return redirect(f"{reverse('account_confirm_login_code')}?{then}")


@signed_in
def first_password_page(request: HttpRequest) -> HttpResponse:
    """Offer to choose a password after the code of a first visit. The person can skip it."""
    home = reverse("renewals:home")
    if _trainer(request).has_usable_password():
        return redirect(home)
    return redirect(f"{reverse('account_set_password')}?{urlencode({'next': home})}")


@signed_in
def account_page(request: HttpRequest) -> HttpResponse:
    trainer = _trainer(request)
    cycle = cycle_asked_about(request)
    words = {
        "credential": cycle.credential if cycle else None,
        "asks_facts": bool(cycle and facts_asked_of(cycle)),
        "second_factor": allauth_internals.has_second_factor(trainer),
    }
    return render(request, "trainers/account.html", words)


@signed_in
def change_time_zone(request: HttpRequest) -> HttpResponse:
    trainer = _trainer(request)
    form = TimeZoneForm(request.POST or None, initial={"time_zone": trainer.time_zone})
    if form.is_valid():
        set_time_zone(trainer, time_zone=form.cleaned_data["time_zone"], by=trainer, at=clock.now())
        return _saved(request, "Your time zone was changed.")
    return _asked(request, "trainers/change_time_zone.html", form)


@signed_in
def reminder_wishes(request: HttpRequest) -> HttpResponse:
    """Show which messages are optional, when each is sent, and whether our mail arrives; switch
    optional ones on or off.
    """
    trainer = _trainer(request)
    chosen = {"wants_reminders": trainer.wants_reminders}
    form = RemindersForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        wanted = form.cleaned_data["wants_reminders"]
        set_wishes(trainer, wants_reminders=wanted, by=trainer, at=clock.now())
        said = "We send you optional reminders." if wanted else "We send you no optional reminders any more."
        return _saved(request, said, to="trainers:reminders")
    credential = credential_of(trainer)
    policy = credential.policy if credential else load_policy(settings.PORTAL_POLICY)
    today = clock.today(policy.time_zone)
    words = {
        "form": form,
        "credential": credential,
        "calendar": mail_calendar(policy, cycle_to_remind(credential), today=today),
    }
    return render(request, "trainers/reminders.html", words)


@csrf_exempt
@cache_control(private=True, no_store=True)
@public
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Switch optional reminders off, by the link in such a reminder.

    Opening the page changes nothing. A mail program may post to it directly (RFC 8058).
    """
    trainer = unsubscribing.trainer_of(token)
    if trainer is None:
        raise Http404("This link is not ours.")
    if request.method == "POST":
        reason = "By the link in a reminder"
        trainer = set_wishes(trainer, wants_reminders=False, by=None, at=clock.now(), reason=reason)
    words = {
        "address": unsubscribing.masked_address(trainer.email),
        "wants_reminders": trainer.wants_reminders,
        "is_own": request.user == trainer,
    }
    return render(request, "trainers/unsubscribe.html", words)


@signed_in
def list_messages(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    notices = _with_delivery(messages_of(_trainer(request))).defer("html", "payload")
    if query:
        notices = notices.filter(Q(title__icontains=query) | Q(text__icontains=query))
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list and not query:
        _mark_seen(request, page.object_list[0])
    return render(request, "trainers/messages.html", {"page": page, "query": query})


@signed_in
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(_with_delivery(messages_of(_trainer(request))), pk=pk)
    _mark_seen(request, notice)
    return render(request, "trainers/message.html", {"notice": notice})


def _mark_seen(request: HttpRequest, notice: Notice) -> None:
    """Record that this message and older ones are no longer new, unless staff view it in the
    trainer's place.
    """
    if notice.ended_at and getattr(request, "looking", None) is None:
        mark_messages_seen(_trainer(request), through=notice.ended_at)


def _with_delivery(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Annotate `undelivered`: whether the message was refused when we sent it, or bounced later."""
    came_back = Exists(MailEvent.objects.filter(notice=OuterRef("pk"), kind=MailEvent.Kind.BOUNCED))
    return notices.annotate(undelivered=Q(state=Notice.State.FAILED) | came_back)


def _trainer(request: HttpRequest) -> Trainer:
    return cast(Trainer, request.user)


def _saved(request: HttpRequest, sentence: str, *, to: str = "trainers:account") -> HttpResponse:
    banners.success(request, sentence)
    return redirect(to)


def _asked(request: HttpRequest, template: str, form: TimeZoneForm) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.is_bound else 200)
