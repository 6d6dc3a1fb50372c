"""A trainer's pages: writing a petition and paying for it, and following it to its end."""
