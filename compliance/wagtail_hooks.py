"""Where Wagtail finds the officers' desk."""

from wagtail import hooks

from compliance.casework.desk import accounts, menu, urls

hooks.register("register_admin_urls", urls.desk_urls)
hooks.register("register_admin_menu_item", menu.ComplianceMenuItem)
hooks.register("before_delete_user", accounts.refuse_deletion)
hooks.register("before_bulk_action", accounts.refuse_bulk_deletion)
