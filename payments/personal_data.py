"""The tables of charges and money that hold personal data."""

from core.personal_data import PersonalTable

TABLES = [
    PersonalTable("payments.Charge", "trainer"),
    PersonalTable("payments.CheckoutSession", "charge__trainer"),
    PersonalTable("payments.LedgerEntry", "trainer"),
    PersonalTable("payments.Refund", "charge__trainer"),
    PersonalTable("payments.Dispute", "charge__trainer"),
    PersonalTable("payments.FeeDecision", "charge__trainer"),
]
