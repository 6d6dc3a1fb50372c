"""The room of later last days and waived fees on the staff side (Q34, Q35)."""
