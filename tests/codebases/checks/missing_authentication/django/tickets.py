from django.db import models


class Ticket(models.Model):
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    open = models.BooleanField(default=True)
