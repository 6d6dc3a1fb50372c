"""What charges, payments and the provider's messages hold about people."""

from collections.abc import Iterator, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from core.merging import addresses_of
from core.personal_data import AGREED, AT_THE_PROVIDER, CODE, ERASED, NUMBER, OpenThing, PersonalTable
from payments.models import Charge, CheckoutSession, Dispute, ProviderEvent, Refund
from trainers.models import Trainer

BY_HAND = "finance's name for money that was returned by hand"
BANK = "a word of the bank, the same for everybody"
ENDS_BY_ITSELF = "yearly_fee"
OURS = "an address of this portal"
_NAMED = " OR ".join(
    f"REPLACE(CAST(p.payload AS TEXT), {name}, '') <> CAST(p.payload AS TEXT)"
    for name in ("s.idempotency_key", "s.provider_id", "s.payment_ref", "t.email", "m.email")
)
# A message of the provider is about whoever opened the payment page that it names.
_ABOUT_AN_ERASED = (
    "EXISTS (SELECT 1 FROM payments_providerevent p, core_erasure e JOIN trainers_trainer t ON t.id = e.trainer_id "  # noqa: S608 - our own words
    "LEFT JOIN payments_charge c ON c.trainer_id = t.id LEFT JOIN payments_checkoutsession s ON s.charge_id = c.id "
    "LEFT JOIN core_merge m ON m.staying_id = t.id "
    f"WHERE p.id = OLD.{{column}} AND e.state IN ('confirmed', 'erased') AND ({_NAMED}))"
)


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield what a person still owes, and money that is being returned to them."""
    page = reverse("payments:list")
    unopened = ~Exists(CheckoutSession.objects.living().filter(charge=OuterRef("pk")))
    # An open yearly fee ends with the certification, unless its payment page is open.
    for one in Charge.objects.open().filter(trainer=person).exclude(unopened, kind=ENDS_BY_ITSELF):
        yield OpenThing(f"Not paid: {one.description}.", f"Not paid: {one.description}.", page)
    going_back = Refund.objects.filter(charge__trainer=person)
    if (going_back.filter(state__in=Refund.OPEN) | going_back.unanswered()).exists():
        yield OpenThing("Money is on its way back to you.", "Money is on its way back to them.", page)
    if Dispute.objects.going_on().filter(charge__trainer=person).exists():
        yield OpenThing("Your bank asks for a payment of yours back.", "A dispute is not decided.", page)
    visits = CheckoutSession.objects.living().filter(charge__trainer=person).exclude(charge__state="open")
    if visits.exists():
        yield OpenThing(
            "A payment page of yours is still open.", "A payment page of theirs is still open.", page
        )


def _events_of(person: Trainer) -> "QuerySet[ProviderEvent, Mapping[str, object]]":
    """Return the provider's messages that name a payment page, a payment or the address of `person`."""
    names = addresses_of(person)
    for found in CheckoutSession.objects.filter(charge__trainer=person).values_list(
        "idempotency_key", "provider_id", "payment_ref"
    ):
        names.update(filter(None, found))
    named = Q()
    for name in sorted(names):
        named |= Q(told__contains=name)
    return ProviderEvent.objects.annotate(told=Cast("payload", TextField())).filter(named).values("pk")


TABLES = [
    PersonalTable(
        "payments.Refund",
        "charge__trainer",
        empties={"reason": ERASED, "last_error": ERASED},
        keeps={
            **dict.fromkeys(("payment_ref", "idempotency_key", "provider_id"), AT_THE_PROVIDER),
            **dict.fromkeys(("payment_currency", "cause", "state"), CODE),
            "hand_reference": BY_HAND,
        },
        also=lambda person: Q(event__in=_events_of(person)),
        also_sql=_ABOUT_AN_ERASED.format(column="event_id"),
    ),
    PersonalTable(
        "payments.ProviderEvent",
        empties={"payload": {}, "note": ERASED, "answer_reason": ERASED},
        keeps={"event_id": AT_THE_PROVIDER, "type": CODE, "state": CODE, "answer": CODE},
        also=lambda person: Q(pk__in=_events_of(person)),
        also_sql=_ABOUT_AN_ERASED.format(column="id"),
    ),
    PersonalTable(
        "payments.LedgerEntry",
        "trainer",
        empties={"reason": ERASED},
        keeps={
            "kind": CODE,
            "currency": CODE,
            "provider_ref": AT_THE_PROVIDER,
            "hand_reference": BY_HAND,
        },
    ),
    PersonalTable(
        "payments.CheckoutSession",
        "charge__trainer",
        empties={"url": ""},
        keeps={
            **dict.fromkeys(("idempotency_key", "provider_id", "payment_ref"), AT_THE_PROVIDER),
            **dict.fromkeys(("return_url", "cancel_url"), OURS),
            "state": CODE,
        },
    ),
    PersonalTable(
        "payments.Charge",
        "trainer",
        empties={"description": ERASED},
        keeps={
            "subject": NUMBER,
            "kind": CODE,
            "policy_version": CODE,
            "lines": AGREED,
            "currency": CODE,
            "state": CODE,
        },
    ),
    PersonalTable(
        "payments.Dispute",
        "charge__trainer",
        keeps={"provider_id": AT_THE_PROVIDER, "state": CODE, "reason": BANK, "status": BANK},
    ),
    PersonalTable(
        "payments.FeeDecision", "charge__trainer", empties={"reason": ERASED}, keeps={"verdict": CODE}
    ),
    PersonalTable(
        "payments.Payout",
        keeps={
            "provider_id": AT_THE_PROVIDER,
            "state": CODE,
            "currency": CODE,
            "trouble": BANK,
        },
    ),
    PersonalTable(
        "payments.PayoutLine",
        keeps={
            **dict.fromkeys(("provider_id", "ref", "payment_ref"), AT_THE_PROVIDER),
            **dict.fromkeys(("kind", "type", "currency"), CODE),
            "words": "the provider's words, where a line is about no payer",
        },
    ),
    PersonalTable(
        "payments.Difference",
        "entry__trainer",
        empties={"reason": ERASED},
        keeps={"what": CODE, "state": CODE},
        also=lambda person: Q(line__entry__trainer=person),
        also_sql=(
            "EXISTS (SELECT 1 FROM payments_payoutline l JOIN payments_ledgerentry r ON r.id = l.entry_id "
            "JOIN core_erasure e ON e.trainer_id = r.trainer_id "
            "WHERE l.id = OLD.line_id AND e.state IN ('confirmed', 'erased'))"
        ),
    ),
]
