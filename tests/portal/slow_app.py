"""A program for gunicorn that is slow where it is told to be."""

import time


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/slow":
        time.sleep(60)  # gunicorn ends the worker long before
    start_response("503 Service Unavailable" if path == "/own" else "200 OK", [("X-Own", "yes")])
    return [b"its own words"]
