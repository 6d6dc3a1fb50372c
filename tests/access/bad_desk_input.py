"""Bad input that forms must refuse in which staff move a last day, waive a fee, merge accounts,
write a letter, or explain a difference between payouts and the ledger.
"""

from tests.access.bad_input import BLANK, HIDDEN, NO_HIDDEN, Bad, Form, dates, words
from tests.ceus.scenes import a_day

FOR_THEM = (
    Bad("kind", ("", "x", "holiday"), "Choose the reason."),
    *words("words", "Write a sentence for them."),
    *words("note", "Write what you know"),
)
NO_AMOUNT = "Enter an amount such as 30 or 12.50."
AMOUNTS = ("abc", "NaN", "Infinity", "-1", "0", "0.001", "1e999", "$30", "1,50", "9" * 31, "=cmd()")
WAIVED = (
    *FOR_THEM,
    Bad("fee_code", ("", "x", "late", "0:late", ":late"), "Choose the fee."),
    Bad("amount", AMOUNTS, NO_AMOUNT),
)
# Of the last day to apply, March 13, 2028, seen on January 5, 2027.
EXTENDED = (
    *FOR_THEM,
    Bad("what", ("", "x", "fee:"), "Choose the last day."),
    *dates(
        "through",
        ("//", "Enter the new last day."),
        ("2/30/2029", "as a real date"),
        ("٣/1/2029", "in numbers"),
        ("6/30/28", "4 digits"),
        ("1/1/2020", "Choose a later one."),
        ("1/1/2999", "4 digits"),
    ),
)
MERGED = (
    Bad("stays", ("", "x", "0", "9" * 31), "Choose which one stays."),
    *words("reason", "Write how you know it."),
)
LETTER = (
    Bad("audience", ("x",), "Choose a group from the list."),
    Bad("audience", ("",), "Choose a group from the list."),
    Bad("urgency", ("", "x"), "Choose who gets it."),
    Bad("title", BLANK, "Write the subject line."),
    Bad("title", HIDDEN, NO_HIDDEN),
    *words("words", "Write the letter.", longest=4000),
    Bad("audience_value", ({"audience": "one", "audience_value": "nobody@example.org"},), "of one trainer."),
    Bad("audience_value", ({"audience": "one", "audience_value": ""},), "of one trainer."),
    Bad("audience_value", HIDDEN, NO_HIDDEN),
)
LATER = a_day("through", "6/30/2028")
SENTENCES = {"kind": "military", "words": "Come back safe.", "note": "Orders seen."}

DESK_FORMS = (
    Form(
        "admin:payments_charge_waive", "unpaid_charge", WAIVED, "finance", good=SENTENCES,
        required=("fee_code", "kind", "words", "note"),
    ),
    Form(
        "admin:trainers_credential_extend", "two_accounts", EXTENDED, "lead", good={**SENTENCES, **LATER, "what": "application:"},
        upload=("proof",), required=("what", "kind", "through", "words", "note"),
    ),
    Form("admin:trainers_trainer_merge", "two_accounts", MERGED, "lead", required=("stays", "reason")),
    Form("admin:outbox_letter_write", "two_accounts", LETTER, "lead", required=("audience", "urgency", "title", "words")),
    Form(
        "admin:payments_difference_explain", "difference_here", words("reason", "Write the reason.", longest=300), "finance",
        required=("reason",),
    ),
)  # fmt: skip
DESK_LOOKED_AT = (
    ("finance", "unpaid_charge", ["admin:payments_charge_waive"]),
    ("lead", "two_accounts", ["admin:trainers_trainer_merge", "admin:trainers_credential_extend"]),
    ("finance", "difference_here", ["admin:payments_difference_explain"]),
)
