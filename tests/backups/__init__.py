"""Tests of backups: the drill, and whatever can prevent a backup or a restore."""
