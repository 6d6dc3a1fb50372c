"""Sentences about charges, payment pages, refunds, disputes and messages of the payment provider."""

from staff.sentences.wording import MONEY, word_history

word_history(
    "payments.charge",
    {
        "raised": "{It} became due.",
        "settled": "{It} was paid.",
        "waived": "{who} waived {cents} of {it}.",
        "nothing left to pay": "Nothing was left to pay of {it}.",
        "voided": "{It} is not due any more.",
        "fee waived": "{who} decided that {it}, which went back, is not asked for again.",
        "fee missed": "{who} decided that {it}, which went back, is missing.",
    },
    kind="Money",
    noun="this fee",
    group=MONEY,
)
word_history(
    "payments.checkoutsession",
    {
        "opening": "{who} went to the payment page.",
        "open": "The payment page was ready.",
        "confirming": "The bank is confirming the payment.",
        "complete": "The payment page reported a payment.",
        "declined": "The bank declined the payment.",
        "expired": "The payment page closed without a payment.",
    },
    kind="Money",
    noun="this payment page",
    group=MONEY,
)
word_history(
    "payments.refund",
    {
        "requested": "The portal began {it}.",
        "asked for": "{who} asked for {it}.",
        "recorded by hand": "{who} recorded {it}, which was paid by hand.",
        "approved": "{who} approved {it} as second person.",
        "refused": "{who} did not approve {it}.",
        "found": "The payment provider reported {it}.",
        "returned": "{It} is on its way to the bank.",
        "failed": "{It} failed at the payment provider.",
    },
    kind="Refund",
    noun="this refund",
    group=MONEY,
    decided=frozenset(("approved", "refused")),
)
word_history(
    "payments.dispute",
    {
        "inquiry": "The bank asks about {it}.",
        "to_answer": "The bank disputes {it}, and we have to answer.",
        "answered": "We answered. The bank decides about {it}.",
        "won": "The bank left us {it}.",
        "lost": "The bank took back {it}.",
        "closed": "The bank closed its question about {it}. No money moved.",
    },
    kind="Dispute",
    noun="this payment",
    group=MONEY,
)
word_history(
    "payments.providerevent",
    {
        "credited": "{who} counted {it} as the payment of a fee.",
        "returned": "{who} sent {it} back.",
        "nothing": "{who} found nothing to do about {it}.",
        "parked again": "{who} left {it} to be looked at again.",
    },
    kind="Money",
    noun="a payment that fitted nothing",
    group=MONEY,
)
word_history(
    "payments.payout",
    {
        "on_way": "The payment provider made {it}.",
        "paid": "{It} reached the bank.",
        "failed": "{It} failed: the bank did not take it.",
        "cancelled": "{It} was cancelled at the payment provider.",
    },
    kind="Payout",
    noun="this payout",
    group=MONEY,
)
word_history(
    "payments.difference",
    {
        "found": "The payment provider and our ledger did not agree about {it}.",
        "gone": "The payment provider and our ledger agree about {it}.",
        "explained": "{who} explained the difference about {it}.",
    },
    kind="Money",
    noun="this money",
    group=MONEY,
)
word_history(
    "renewals.yearlyfee",
    {"begun": "{who} began to pay {it}, due on {due}."},
    kind="Yearly fee",
    noun="a yearly fee",
    group=MONEY,
)
