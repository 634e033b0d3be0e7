"""Read by each Python that runs Tempest (PYTHONPATH), before anything else.

Its client sleeps for ten seconds before it deletes a subnet, for clouds that still remove ports of it then. Here a port
is gone when its deletion is answered: without the sleep that is tried too, and all tests of networks take a minute.
"""
from types import SimpleNamespace

from tempest.lib.services.network import subnets_client

subnets_client.time = SimpleNamespace(sleep=lambda seconds: None)
