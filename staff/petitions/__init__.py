"""The room of petitions on the staff side."""
