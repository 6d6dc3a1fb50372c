"""The room for the journal of renewals and money."""
