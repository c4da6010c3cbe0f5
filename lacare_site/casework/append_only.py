"""Tables whose rows the database itself refuses to change: the audit log, and the history of cases.

The triggers are put in place after every `migrate`, not by a migration: SQLite loses them whenever a later one alters such a table.
"""

from django.db import connections

# Table → what is refused. Events of a case go with the case when its time is over.
REFUSED = {
    "casework_auditentry": ("UPDATE", "DELETE"),
    "casework_caseevent": ("UPDATE",),
}

POSTGRESQL = """
CREATE OR REPLACE FUNCTION casework_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {table}_no_{action} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION casework_refuse();
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{action} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""


def install(using: str = "default", **_kwargs) -> None:
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        is_postgresql = connection.vendor == "postgresql"
        if is_postgresql:
            cursor.execute(POSTGRESQL)
        for table, actions in REFUSED.items():
            for action in actions if table in present else ():  # migrated back to zero, there is no table
                statement = POSTGRESQL_TRIGGER if is_postgresql else SQLITE_TRIGGER
                cursor.execute(statement.format(table=table, action=action))
