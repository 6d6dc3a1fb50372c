"""The content of the pages of a provider's side."""
