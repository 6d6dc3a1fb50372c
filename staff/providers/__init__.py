"""The room for the people of providers and what they report."""
