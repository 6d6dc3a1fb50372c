"""Messages to people. Each is a row before it is sent; afterwards the row is its copy."""
