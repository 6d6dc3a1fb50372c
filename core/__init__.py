"""What every app may use and that knows no app; a person only as `AUTH_USER_MODEL`."""
