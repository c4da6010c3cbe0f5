"""Where the database tells of changes, and how to tell of one that no table knows. Needs no Django."""

import psycopg

CHANNEL = "pages_changed"


def tell(database: str) -> None:
    """All who keep pages make them anew. `database` is an address of PostgreSQL; raises psycopg.Error."""
    with psycopg.connect(database, autocommit=True, connect_timeout=2) as connection:
        connection.execute(f"NOTIFY {CHANNEL}")
