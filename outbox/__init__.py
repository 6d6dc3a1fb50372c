"""Messages to people. Each message is a row before it is sent; afterwards that row holds a copy of it."""
