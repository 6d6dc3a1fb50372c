"""The date formats of the admin, the same as on the portal's own pages: March 14, 2027 at 3:05
p.m.
"""

DATE_FORMAT = SHORT_DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = r"F j, Y \a\t g:i a"
TIME_FORMAT = "g:i a"
