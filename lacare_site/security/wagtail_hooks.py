"""Where Wagtail finds the second step of signing in."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from lacare_site.security.sign_in import account, log


@hooks.register("register_admin_urls")
def second_step_urls():
    return [
        path("second-step/", account.own, name="own_second_step"),
        path("second-step/<int:pk>/reset/", account.reset, name="reset_second_step"),
    ]


@hooks.register("register_account_menu_item")
def account_menu_item(request):
    return {
        "url": reverse("own_second_step"),
        "label": "Second step of signing in",
        "help_text": "New recovery codes, another app",
    }


@hooks.register("register_user_listing_buttons")
def reset_button(user, request_user):
    if account.may_reset(request_user, user):
        yield Button("Reset second step", reverse("reset_second_step", args=[user.pk]), icon_name="key", priority=30)


hooks.register("register_log_actions", log.register_actions)
