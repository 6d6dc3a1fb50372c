"""The room for requests for another name."""
