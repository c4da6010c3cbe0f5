"""Where Wagtail finds the desks."""

from wagtail import hooks

from lacare_site.casework.desk import accounts, home, menu, urls

hooks.register("register_admin_urls", urls.desk_urls)
hooks.register("register_admin_menu_item", menu.CasesMenuItem)
hooks.register("construct_homepage_panels", home.add_panel)
hooks.register("before_delete_user", accounts.refuse_deletion)
hooks.register("before_bulk_action", accounts.refuse_bulk_deletion)
