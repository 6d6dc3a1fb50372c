"""The code of the notice about a request; that of a changed name is in `trainers/notice_codes.py`."""

REFUSED = "names.refused"
