"""The room for payments."""
