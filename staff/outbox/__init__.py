"""The room of outbox on the staff side."""
