"""The database tells of every change of what may stand on a page: in the transaction of the change, whoever writes and by whatever way.

The triggers are put in place after every `migrate`, not by a migration: a new table has them at once, and SQLite loses them whenever a later
migration alters such a table.
"""

from django.apps import apps
from django.db import connections, models

CHANNEL = "pages_changed"
# What never stands on a page that is kept: whole apps, and models. A table that is not named here raises, so that none is forgotten.
QUIET_APPS = {
    *("admin", "casework", "compliance", "contenttypes", "django_tasks_database", "intake", "otp_static", "otp_totp", "outbox"),
    *("page_cache", "providers", "security", "sessions", "wagtailadmin", "wagtailembeds", "wagtailsearch", "wagtailusers"),
}
QUIET_MODELS = {
    *("auth.Permission", "auth.Group", "auth.Group_permissions", "auth.User_groups", "auth.User_user_permissions"),
    *("pages.LanguageAssignment", "pages.LoadedContent", "pages.SearchEntry"),
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

FUNCTION = f"""
CREATE OR REPLACE FUNCTION page_cache_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$;
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER page_cache_{name} AFTER {event} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION page_cache_changed();
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS page_cache_{table_name}_{name} AFTER {event} ON {table}
BEGIN UPDATE page_cache_changes SET number = number + 1; END;
"""


def loud_models() -> list[type[models.Model]]:
    """Every model, of whatever app, whose rows may stand on a page."""
    every = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy)
    return [model for model in every if model._meta.app_label not in QUIET_APPS and model._meta.label not in QUIET_MODELS]


def install(using: str = "default", **_kwargs) -> None:
    """Puts the triggers on the tables that are there (migrated back to zero, there are none)."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute(FUNCTION)
        for model in loud_models():
            if model._meta.db_table in present:
                for name, event in _events(model, is_postgresql, connection.ops.quote_name).items():
                    table = connection.ops.quote_name(model._meta.db_table)
                    statement = POSTGRESQL if is_postgresql else SQLITE
                    cursor.execute(statement.format(name=name, event=event, table=table, table_name=model._meta.db_table))


def _events(model: type[models.Model], is_postgresql: bool, quote) -> dict[str, str]:
    columns = [field.column for field in model._meta.local_concrete_fields if field.column not in QUIET_COLUMNS]
    events = {"insert": "INSERT", "delete": "DELETE", "update": f"UPDATE OF {', '.join(map(quote, columns))}"}
    return events | ({"truncate": "TRUNCATE"} if is_postgresql else {})
