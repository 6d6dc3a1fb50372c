"""What the pages of a provider's side say."""
