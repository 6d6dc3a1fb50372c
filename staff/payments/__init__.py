"""The room of payments on the staff side."""
