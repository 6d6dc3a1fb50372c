"""The one search field of the staff desk: what was asked, what was found, and the page."""
