"""The page on which staff move a last day or waive a fee: the form, and beside it what would
change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from http import HTTPStatus

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core import clock
from core.errors import Refusal
from core.forms import posted_to
from hardship import services
from hardship.checks import permission_to_decide
from hardship.extendable_days import cycle_of_charge, extendable_day_named, extendable_days_of
from hardship.fees import WaivableFee, fees_of, fees_of_charge
from hardship.models import Relief
from payments.models import Charge
from renewals.pages.snapshot import Snapshot, snapshot_of
from staff.actions import dry_run, staff_user
from staff.hardship.forms import ExtendForm, ReliefForm, WaiveForm
from staff.hardship.preview import Preview, preview_of, preview_of_charge
from trainers.lookups import current_cycle
from trainers.models import Credential, Cycle, Trainer

LONGEST_COUNT = 9  # digits
EDITED = "You changed something after you looked. Look at what it means now."
What = Relief.What


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who works on the page, on whose cycle, and on which request or charge, if any. `known` is the
    number of requests of the cycle when the page was opened.
    """

    by: Trainer
    cycle: Cycle
    relief: Relief | None
    is_fee: bool
    charge: Charge | None = None
    known: int | None = None

    @property
    def today(self) -> date:
        return clock.today(self.cycle.policy.time_zone)

    @property
    def decides(self) -> bool:
        """Return whether the colleague may grant, and not only propose."""
        return self.by.has_perm(permission_to_decide(What.FEE if self.is_fee else What.BOTH))

    @property
    def fees(self) -> list[WaivableFee]:
        """Return the fees that can be waived on this page: those of its charge, or without one all
        fees of the cycle.
        """
        charge = self.relief.charge if self.relief else self.charge
        return fees_of_charge(charge) if charge else fees_of(self.cycle, self.today)

    def save(self, form: ExtendForm | WaiveForm) -> Relief:
        """Grant the relief that the form describes, or propose it when the colleague may only propose."""
        service: Callable[..., Relief] = services.grant_relief if self.decides else services.propose_relief
        cleaned = form.cleaned_data
        return service(
            self.cycle,
            by=self.by,
            at=clock.now(),
            grant=form.grant(),
            words=cleaned["words"],
            note=cleaned["note"],
            relief=self.relief,
            files=form.files_given(),
            seen=self.known,
        )


def extend_page(request: HttpRequest, credential: Credential) -> HttpResponse:
    """Move a last day of a certification, or propose that to a lead."""
    return _page(request, _desk(request, current_cycle(credential), None, is_fee=False))


def waive_page(request: HttpRequest, credential: Credential) -> HttpResponse:
    """Waive a fee of a certification, or propose that to a second person."""
    return _page(request, _desk(request, current_cycle(credential), None, is_fee=True))


def waive_of_charge_page(request: HttpRequest, charge: Charge) -> HttpResponse:
    """Waive a fee line of a charge, whatever the state of the renewal or petition that the charge is for."""
    cycle = cycle_of_charge(charge)
    if cycle is None:
        raise Http404
    return _page(request, _desk(request, cycle, None, is_fee=True, charge=charge))


def decide_page(request: HttpRequest, relief: Relief) -> HttpResponse:
    """Grant a waiting relief, or propose it."""
    if relief.state not in Relief.OPEN:
        if request.method == "POST" and relief.decided_by_id != request.user.pk:
            messages.error(request, _too_late(relief))
        return redirect("admin:hardship_relief_change", relief.pk)
    return _page(request, _desk(request, relief.cycle, relief, is_fee=relief.is_waiver))


def _too_late(relief: Relief) -> str:
    """Return a sentence that names who ended the relief before this colleague could."""
    ended = f"{relief.decided_by.name} decided this" if relief.decided_by else "This was withdrawn"
    return f"{ended} before you. Nothing was changed by you."


def _desk(
    request: HttpRequest, cycle: Cycle, relief: Relief | None, *, is_fee: bool, charge: Charge | None = None
) -> _Desk:
    known = request.POST.get("known", "")
    count = int(known) if known.isascii() and known.isdigit() and len(known) < LONGEST_COUNT else None
    return _Desk(staff_user(request), cycle, relief, is_fee, charge, count)


def _page(request: HttpRequest, desk: _Desk) -> HttpResponse:
    form = _form(request, desk)
    preview, seen = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            preview, seen = _preview(desk, form), _seen(form)
            if "confirmed" in request.POST:
                _check_seen(request.POST.get("seen", ""), seen)
                messages.success(request, _outcome_words(desk.save(form)))
                return redirect(_back(desk, done=True))
        except Refusal as refusal:
            form.refuse(refusal)
            preview = preview if refusal.code == "edited" else None
    return _render(request, desk, form, preview, seen)


def _form(request: HttpRequest, desk: _Desk) -> ExtendForm | WaiveForm:
    sent = posted_to(request)
    shared: dict[str, object] = {"owner": desk.cycle.credential.trainer, "initial": _initial(desk)}
    if desk.is_fee:
        return WaiveForm(*sent, fees=desk.fees, policy=desk.cycle.policy, **shared)
    days = extendable_days_of(desk.cycle, desk.today)
    if desk.relief:  # the last day or fee of a request cannot be changed
        key = f"{desk.relief.what}:{desk.relief.case_ref}"
        days = [one for one in days if one.key == key]
    return ExtendForm(*sent, days=days, **shared)


def _initial(desk: _Desk) -> dict[str, object]:
    relief = desk.relief
    if relief is None:
        return {}
    known = {"kind": relief.kind, "words": relief.words, "note": relief.note}
    cents = relief.amount_cents
    return {
        **known,
        "fee_code": f"{relief.charge_id or ''}:{relief.fee_code}",
        "what": f"{relief.what}:{relief.case_ref}",
        "through": relief.through or relief.asked_through,
        "amount": None if cents is None else f"{cents // 100}.{cents % 100:02d}",
    }


def _preview(desk: _Desk, form: ExtendForm | WaiveForm) -> Preview:
    """Return what the service would do, and undo it. Raises every Refusal of the service."""
    grant = form.grant()
    if grant.charge_id:
        return dry_run(lambda: preview_of_charge(desk.save(form), _snapshot_now(desk)))
    snapshot = snapshot_of(desk.cycle, today=desk.today)
    last_day = (
        None if desk.is_fee else extendable_day_named(desk.cycle, desk.today, grant.what, grant.case_ref)
    )

    def read() -> Preview:
        return preview_of(snapshot, desk.save(form), before_on=last_day.on if last_day else None)

    return dry_run(read)


def _snapshot_now(desk: _Desk) -> Callable[[], Snapshot]:
    """Return a function that reads the snapshot of Home from the database, so that it sees what was
    written before the call.
    """
    return lambda: snapshot_of(current_cycle(desk.cycle.credential), today=desk.today)


def _seen(form: ReliefForm) -> str:
    """Return a hash of the form's values, so that nobody confirms what they have not previewed."""
    typed = sorted((name, str(value)) for name, value in form.cleaned_data.items() if name != "proof")
    return sha256(repr(typed).encode()).hexdigest()


def _check_seen(shown: str, seen: str) -> None:
    if shown != seen:
        raise Refusal(EDITED, code="edited")


def _outcome_words(relief: Relief) -> str:
    name = relief.trainer.name
    if relief.state == Relief.State.PROPOSED:
        return f"It is proposed. Somebody else decides, and {name} is told then."
    if relief.is_waiver:
        return f"It is waived, and {name} is told."
    return f"The last day is moved, and {name} is told."


def _render(
    request: HttpRequest, desk: _Desk, form: ExtendForm | WaiveForm, preview: Preview | None, seen: str
) -> HttpResponse:
    trainer = desk.cycle.credential.trainer
    own_proposal = bool(desk.relief and desk.relief.proposed_by_id == desk.by.pk)
    verb = "Waive a fee" if desk.is_fee else "Extend a last day"
    context = {
        **admin.site.each_context(request),
        "opts": Relief._meta if desk.relief else Trainer._meta,
        "object": desk.relief or trainer,
        "title": f"{verb} for {trainer.name}",
        "form": form,
        "preview": preview,
        "seen": seen,
        "known": desk.cycle.reliefs.count(),
        "charge": desk.charge,
        "relief": desk.relief,
        "decides": desk.decides,
        "own_proposal": own_proposal,
        "is_fee": desk.is_fee,
        "trainer": trainer,
        "cycle": desk.cycle,
        "files": list(desk.relief.evidence.select_related("document")) if desk.relief else [],
        "may_open": desk.by.has_perm("documents.view_document"),
        "back": _back(desk),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "admin/hardship/relief.html", context, status=status)


def _back(desk: _Desk, *, done: bool = False) -> str:
    if desk.charge:
        return reverse("admin:payments_charge_change", args=[desk.charge.pk])
    if desk.relief and not done:
        return reverse("admin:hardship_relief_change", args=[desk.relief.pk])
    return reverse("admin:trainers_trainer_change", args=[desk.cycle.credential.trainer_id])
