"""What must not happen outside a transaction, and what is done in one of its own for each row."""

from collections.abc import Callable, Iterable

from django.db import connection
from django.db.transaction import TransactionManagementError


def require(what: str) -> None:
    """Raises TransactionManagementError where no transaction is open; `what` says what needs one."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{what} belongs into the transaction of what it is about.")


def each_alone(keys: Iterable[int], piece: Callable[[int], int], failure: str) -> int:
    """The sum of what `piece` gives for each key. Where it fails for one, the others are done all the same, and the errors are raised
    together in the end, under the words `failure`."""
    total, errors = 0, []
    for key in keys:
        try:
            total += piece(key)
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup(failure, errors)
    return total
