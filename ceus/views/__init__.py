"""Pages of this room: the public catalogue, and a trainer's own records."""
