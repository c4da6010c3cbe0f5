"""The ways into the admin. They stand before Wagtail's own, whose names and addresses they take."""

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.views import account

from lacare_site.security.sign_in import views

urlpatterns = [
    path("login/", never_cache(views.PasswordView.as_view()), name="wagtailadmin_login"),
    path("login/code/", never_cache(views.CodeView.as_view()), name="sign_in_code"),
    path("login/set-up/", never_cache(views.SetUpView.as_view()), name="sign_in_set_up"),
    # Wagtail's takes the cookie away even where it answers 405, so that any page of another site could sign people out.
    path("logout/", require_POST(account.LogoutView.as_view()), name="wagtailadmin_logout"),
    path("password_reset/", never_cache(views.PasswordResetView.as_view()), name="wagtailadmin_password_reset"),
]
