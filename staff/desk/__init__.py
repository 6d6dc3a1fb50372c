"""What staff do with any case besides deciding: who has it, when it waits, what they write to each other."""
