"""The codes of the notices about providers' reports. Services queue by them."""

INVITED = "providers.invited"
REPORTED = "providers.reported"
CHANGED = "providers.changed"
DECIDED = "providers.decided"
