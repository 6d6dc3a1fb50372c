"""The pages of this app: the public catalogue, and a trainer's own records."""
