"""The room for trainers."""
