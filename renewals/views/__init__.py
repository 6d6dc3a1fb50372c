"""The pages of this app: Home, renewing, the certificate, and the public pages."""
