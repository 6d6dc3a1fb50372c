"""What staff do with any case besides deciding: assign it, snooze it, and write notes to each
other.
"""
