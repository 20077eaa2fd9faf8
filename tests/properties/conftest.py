from tests.faults.conftest import gates

__all__ = ["gates"]
