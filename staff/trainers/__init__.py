"""The room of trainers on the staff side."""
