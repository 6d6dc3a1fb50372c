"""Backups: the drill, and everything that may stand in its way."""
