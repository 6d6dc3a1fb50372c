"""The room for letters: written by a lead, approved, and sent to one trainer or to many."""
