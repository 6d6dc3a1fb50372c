"""The code of the notice about a change of the catalogue. Services queue by it."""

RELISTED = "ceus.relisted"
