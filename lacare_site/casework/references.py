"""The numbers by which people and staff name a case: `PPG-7K3M-Q9XT`. They open nothing."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that reads like something else


def new(prefix: str) -> str:
    first, second = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    return f"{prefix}-{first}-{second}"
