"""The room of renewals on the staff side."""
