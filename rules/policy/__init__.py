"""A policy: `model` is its content, `load` finds, reads and checks its file in `policies/`."""
