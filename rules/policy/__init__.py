"""A policy: `model` says what one holds, `load` finds, reads and checks its file. The files lie in `policies/`."""
