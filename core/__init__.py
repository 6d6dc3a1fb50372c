"""What every app may use. It knows no app, and a person only as `AUTH_USER_MODEL`."""
