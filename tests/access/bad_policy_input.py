"""Bad input that the forms of what only some policies ask must refuse: facts, and cards of several kinds."""

from tests.access.bad_input import HIDDEN, NO_REASON, Bad, Form, dates, words
from tests.ceus.scenes import a_day

OF_THE_LIST = "Choose one of the list."
FACTS = (
    Bad("region", ("west", "\x00", "x" * 5000, "NORTH"), OF_THE_LIST),
    Bad("country", ("XX", "us", *HIDDEN), OF_THE_LIST),
    Bad("hours", ("x", "1.5", "1e3", "=cmd()", "0x10"), "Enter a whole number, such as 12."),
    Bad("hours", ("-1",), "Enter 0 or more."),
    Bad("hours", ("9" * 31,), "Enter at most 999,999,999."),
    *dates(
        "born_on",
        ("2/30/1980", "as a real date"),
        ("٣/1/1980", "in numbers"),
        ("5/3/80", "4 digits"),
        ("5//1980", "Enter the day"),
        ("5/3/2020", "Check the year: this is no day of birth of a person."),
    ),
)
OF_STAFF = (Bad("exam", ("maybe", "1", "\x00"), "Choose Yes or No."), *words("reason", NO_REASON))
HELD_CARD = (
    Bad("kind", ("",), "Choose which card it is."),
    Bad("kind", ("first_aid", "\x00", "CPR"), "Choose a card of the list."),
    *dates(
        "valid_from",
        ("//", "Enter the day on which it was issued"),
        ("2/30/2026", "as a real date"),
        ("x/3/2026", "in numbers"),
        ("5/3/26", "4 digits"),
        ("6/16/2026", "Add the card once it is issued."),
        ("5/3/1912", "Check the year."),
    ),
    *dates(
        "valid_through",
        ("2/30/2028", "as a real date"),
        ("5/2/2026", "A card ends after it was issued."),
        ("5/3/2200", "4 digits"),
    ),
)
GOOD_CARD = {"kind": "cpr", **a_day("valid_from", "5/3/2026"), **a_day("valid_through", "5/31/2028")}
POLICY_FORMS = (
    Form("trainers:facts", "asks_facts", FACTS),
    Form(
        "admin:trainers_credential_facts",
        "asks_facts",
        (*FACTS, *OF_STAFF),
        "registrar",
        good={"reason": "Seen."},
    ),
    Form(
        "ceus:add_card",
        "asks_cards",
        HELD_CARD,
        good=GOOD_CARD,
        files=("certificate",),
        upload=("certificate",),
        required=("kind", "valid_from", "certificate"),
    ),
)
# Pages of facts, cards, ways and dues, also of those that this policy does not have.
POLICY_LOOKED_AT = (
    (
        "jordan",
        "asks_facts",
        "trainers:facts ceus:cards renewals:ways renewals:choose_way renewals:dues renewals:pay_due".split(),
    ),
    ("jordan", "asks_cards", "ceus:cards ceus:add_card ceus:remove_card".split()),
)
# Addresses of ways, dues and cards that are none, as the policy or the cycle has them, with the answer to each.
POLICY_NOWHERE = (
    *((f"/renew/way/{code}/", 302) for code in ("life", "x" * 3000, "CREDITS", "credits%0d%0aX")),
    *((f"/dues/{pk}/return/", 404) for pk in ("0", "9" * 31, "-1", "x")),
    *((f"/cards/{pk}/remove/", 404) for pk in ("0", "9" * 31, "-1", "1.5")),
)
