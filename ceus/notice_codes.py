"""The codes of the notices about records and the catalogue. Services queue by them."""

RELISTED = "ceus.relisted"
CORRECTED = "ceus.corrected"
CARD_REFUSED = "ceus.card_refused"
