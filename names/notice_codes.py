"""The code of the notice about a request. The notice of a changed name has its code in
`trainers/notice_codes.py`.
"""

REFUSED = "names.refused"
