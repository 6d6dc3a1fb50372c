"""Everything that staff see, in the Django admin: the site, its lists, and a folder (a "room") for
each kind of work.
"""
