"""Backups: one encrypted archive with the database and every file, and the way back."""


class BackupTrouble(Exception):
    """What stops a backup or a restore, in a sentence for the operator."""
