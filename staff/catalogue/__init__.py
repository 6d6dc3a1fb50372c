"""The room of catalogue on the staff side."""
