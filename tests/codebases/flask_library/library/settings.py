import os

VERSION = "v1"
PREFIX = os.environ.get("LIBRARY_PREFIX", f"/api/{VERSION}")
