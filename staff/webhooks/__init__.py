"""The room for webhooks of the certifying body, and of others as staff see them."""
