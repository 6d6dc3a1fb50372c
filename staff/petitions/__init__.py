"""The room for petitions."""
