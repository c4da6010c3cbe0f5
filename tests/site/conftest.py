"""What the tests of the whole site share."""

import pytest

from tests.harness import production


@pytest.fixture(scope="session")
def plant():
    """The site as production has it, shared by the tests of this process that put it right again."""
    with production.running() as running:
        yield running
        assert not any(site.faults() for site in running.applications)
