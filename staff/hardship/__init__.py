"""The room for later last days and waived fees (Q34, Q35)."""
