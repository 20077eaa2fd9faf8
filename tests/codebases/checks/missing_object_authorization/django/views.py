from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render

from serializers import TicketSerializer


class Ticket(models.Model):
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    text = models.TextField()


@login_required
def show(request, ticket_id):
    # ruleid: missing-object-authorization
    ticket = Ticket.objects.get(pk=ticket_id)
    return render(request, "ticket.html", {"ticket": ticket})


@login_required
def show_own(request, ticket_id):
    # ok: missing-object-authorization
    ticket = get_object_or_404(Ticket, pk=ticket_id, owner=request.user)
    return render(request, "ticket.html", {"ticket": ticket})


@login_required
def shape(request, ticket_id):
    # ruleid: missing-object-authorization
    ticket = Ticket.objects.filter(id=ticket_id).first()
    return JsonResponse(TicketSerializer(ticket).data)
