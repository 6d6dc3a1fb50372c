"""The pages of a provider's side."""
