from django.db import models

from lacare_site.casework.models import Case


class Inquiry(models.Model):
    case = models.OneToOneField(Case, on_delete=models.CASCADE)
    organisation = models.TextField()
    members = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.organisation
