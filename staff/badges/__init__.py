"""The keys that sign badges, as staff see, replace and distrust them."""
