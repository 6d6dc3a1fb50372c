"""What we told people: each message is a row before it is sent, and its copy afterwards."""
