"""The people who work here: invited, given a role, helped with a lost second factor, and let go."""
