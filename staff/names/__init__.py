"""The room of requests for another name on the staff side."""
