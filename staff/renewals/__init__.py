"""The room for renewals."""
