"""The codes of the notices to people of employers, and to trainers in the directory. Services queue by
them.
"""

INVITED = "employers.invited"
ENDING = "employers.ending"
CONSENT_ENDED = "employers.consent_ended"
ENTRY = "employers.entry"
