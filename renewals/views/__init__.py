"""The pages of this room: Home, renewing, the certificate, and what the public may ask."""
