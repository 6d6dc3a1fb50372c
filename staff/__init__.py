"""Everything that staff see, in the Django admin: the site, its lists, and a folder for each room."""
