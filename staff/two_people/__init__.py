"""The room for changes that need two people: one proposes, another confirms."""
