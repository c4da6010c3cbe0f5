"""Staff of the desks, as the tests of casework make them."""

from tests.casework.conftest import staff

__all__ = ["staff"]
