"""Messages to people: each is a row before it is sent, and its copy afterwards."""
