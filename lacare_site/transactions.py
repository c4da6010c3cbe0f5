"""What must not happen outside a transaction."""

from django.db import connection
from django.db.transaction import TransactionManagementError


def require(what: str) -> None:
    """Raises TransactionManagementError where no transaction is open; `what` says what needs one."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{what} belongs into the transaction of what it is about.")
