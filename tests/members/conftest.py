"""What the tests of members share."""

from tests.pages.admin.conftest import admin, member_of  # noqa: F401  (fixtures)
from tests.pages.conftest import as_in_a_new_request  # noqa: F401
