"""The recertification portal's project package. It does not import Celery: `recert.celery` does,
where it is needed.
"""
