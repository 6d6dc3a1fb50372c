"""The pages of an account: its settings and messages, its own data, and its end."""
