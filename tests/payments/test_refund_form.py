"""What the form of a refund refuses, with the sentence at the field."""

import pytest

from staff.payments.forms import RefundForm

DIGITS = "Enter the amount in plain digits, such as 30.00."
NO_WAY = "Choose how it goes back."
AGAIN = "Open this page again."
PROVIDER = {"amount": "30.00", "cause": "our_error", "reason": "Not due.", "how": "provider", "seen": "0"}
HAND = {**PROVIDER, "how": "hand", "hand_reference": "Transfer 2027-0302/17", "has_left": "on"}


@pytest.mark.parametrize("typed", [PROVIDER, HAND, {**PROVIDER, "amount": " $30.00 "}])
def test_a_valid_refund_form_is_accepted_with_the_amount_in_cents(typed):
    form = RefundForm(typed)
    assert form.is_valid()
    assert form.cleaned_data["amount"] == 3000


@pytest.mark.parametrize(
    ("typed", "field", "value", "sentence"),
    [
        (PROVIDER, "amount", "", "Enter the amount, such as 30.00."),
        *((PROVIDER, "amount", text, DIGITS) for text in ("thirty", "30,00", "-1", "30.001", "NaN")),
        (PROVIDER, "cause", "", "Choose why."),
        (PROVIDER, "cause", "twice", "Choose why."),
        (PROVIDER, "reason", " ", "Write the reason."),
        (PROVIDER, "reason", "x" * 301, "Use 300 characters or fewer."),
        (PROVIDER, "reason", "a\x00b", "Take out the hidden characters"),
        *((PROVIDER, "seen", text, "") for text in ("", "x", "9" * 40)),
        (HAND, "hand_reference", "", "Enter the reference of the bank transfer or check."),
        (HAND, "hand_reference", "x" * 81, "Use 80 characters or fewer."),
        (HAND, "hand_reference", "a\x00b", "Take out the hidden characters"),
        (HAND, "has_left", "", "Check that the money has left, and say so."),
        (HAND, "how", "", NO_WAY),
        (HAND, "how", "cash", NO_WAY),
        (HAND, "how", "provider", "Choose that it was returned by hand, or empty its two answers below."),
        (HAND, "reason", "", "Write the reason."),
    ],
)
def test_an_invalid_value_in_the_refund_form_gets_an_error_only_at_its_field(typed, field, value, sentence):
    form = RefundForm({**typed, field: value})
    assert set(form.errors) == ({"seen", "__all__"} if field == "seen" else {field})
    assert sentence in form.errors[field][0]
    assert field != "seen" or form.errors["__all__"] == [AGAIN]
