"""The recertification portal's project package. Celery is loaded by `recert.celery`, where it is
needed.
"""
