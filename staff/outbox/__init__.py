"""The room for messages."""
