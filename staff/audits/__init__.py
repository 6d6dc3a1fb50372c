"""The room of audits on the staff side."""
