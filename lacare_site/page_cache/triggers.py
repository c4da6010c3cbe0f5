"""The database tells of every change of what may stand on a page: in the transaction of the change, whoever writes and by whatever way.

The triggers are put in place after every `migrate`, not by a migration: a new table has them at once, and SQLite loses them whenever a
migration alters such a table.
"""

from django.apps import apps
from django.db import connections, models, transaction

from .channel import CHANNEL
from .models import Changes

# What never stands on a page that is kept: whole apps, and models. A table that is not named here raises, so that none is forgotten.
QUIET_APPS = {
    *("admin", "casework", "compliance", "contenttypes", "django_tasks_database", "intake", "otp_static", "otp_totp", "outbox"),
    *("page_cache", "providers", "security", "sessions", "wagtailadmin", "wagtailembeds", "wagtailsearch", "wagtailusers"),
}
QUIET_MODELS = {
    *("auth.Permission", "auth.Group", "auth.Group_permissions", "auth.User_groups", "auth.User_user_permissions"),
    *("members.CopyRequest", "members.Grievance"),
    *(
        "pages.DeclaredEmergency",
        "pages.DeclaredEmergency_notices",
        "pages.LanguageAssignment",
        "pages.LoadedContent",
        "pages.PageReport",
        "pages.SearchEntry",
    ),
    *("wagtailcore.APIToken", "wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.GroupApprovalTask"),
    *("wagtailcore.GroupApprovalTask_groups", "wagtailcore.GroupCollectionPermission", "wagtailcore.GroupPagePermission"),
    *("wagtailcore.GroupSitePermission", "wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.PageSubscription"),
    *(
        "wagtailcore.ReferenceIndex",
        "wagtailcore.Revision",
        "wagtailcore.Task",
        "wagtailcore.TaskState",
        "wagtailcore.UploadedFile",
    ),
    *("wagtailcore.Workflow", "wagtailcore.WorkflowContentType", "wagtailcore.WorkflowPage", "wagtailcore.WorkflowState"),
    *("wagtailcore.WorkflowTask",),
}
# Columns that are written when a draft is saved, when somebody signs in, or while a page is being edited.
QUIET_COLUMNS = {
    *("draft_title", "expired", "has_unpublished_changes", "last_login", "latest_revision_created_at", "latest_revision_id"),
    *("locked", "locked_at", "locked_by_id", "password"),
}

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION page_cache_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$;
CREATE OR REPLACE FUNCTION page_cache_row_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN PERFORM pg_notify('{CHANNEL}', ''); END IF;
  RETURN NULL;
END $$;
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER page_cache_{event} AFTER {event} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION page_cache_changed();
"""
# It names no column of the table: PostgreSQL lets no migration change the type of one that a trigger names.
POSTGRESQL_UPDATE = """
CREATE OR REPLACE TRIGGER page_cache_update AFTER UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION page_cache_row_changed({quiet});
"""
SQLITE = """
CREATE TRIGGER "page_cache_{name}_{verb}" AFTER {event} ON {table} BEGIN UPDATE page_cache_changes SET number = number + 1; END;
"""


def loud_models() -> list[type[models.Model]]:
    """Every model, of whatever app, whose rows may stand on a page."""
    every = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy)
    return [model for model in every if model._meta.app_label not in QUIET_APPS and model._meta.label not in QUIET_MODELS]


def install(using: str = "default", **_kwargs) -> None:
    """Puts the triggers on the tables that are there, and tells once: what was written while there were none is unknown."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if Changes._meta.db_table not in present:
        return
    tables = [table for model in loud_models() if (table := model._meta.db_table) in present]
    with transaction.atomic(using), connection.cursor() as cursor:  # all of them or none
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTIONS)
            for table in map(connection.ops.quote_name, tables):
                for event in ("INSERT", "DELETE", "TRUNCATE"):
                    cursor.execute(POSTGRESQL.format(event=event, table=table))
                quiet = ", ".join(f"'{column}'" for column in sorted(QUIET_COLUMNS))
                cursor.execute(POSTGRESQL_UPDATE.format(table=table, quiet=quiet))
            cursor.execute(f"NOTIFY {CHANNEL}")
        else:
            _drop(cursor)
            for table in tables:
                columns = [name for name in _columns(connection, cursor, table) if name not in QUIET_COLUMNS]
                named = ", ".join(map(connection.ops.quote_name, columns))
                for verb, event in {"insert": "INSERT", "delete": "DELETE", "update": f"UPDATE OF {named}"}.items():
                    statement = SQLITE.format(name=table, verb=verb, event=event, table=connection.ops.quote_name(table))
                    cursor.execute(statement)
            cursor.execute("UPDATE page_cache_changes SET number = number + 1")


def make_way(using: str = "default", **_kwargs) -> None:
    """Before migrations: SQLite lets none drop a column that a trigger names. Until `install`, also where a migration fails, no page is
    kept there (`changes.Looking`)."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _drop(cursor)


def _drop(cursor) -> None:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'page_cache_%'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def _columns(connection, cursor, table: str) -> list[str]:
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]
