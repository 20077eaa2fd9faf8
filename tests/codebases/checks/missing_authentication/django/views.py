from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from tickets import Ticket


# ok: missing-authentication
@login_required
def close_ticket(request, ticket_id):
    Ticket.objects.filter(id=ticket_id, owner=request.user).update(open=False)
    return HttpResponse(status=204)


# ruleid: missing-authentication
def remove_ticket(request, ticket_id):
    get_object_or_404(Ticket, id=ticket_id).delete()
    return HttpResponse(status=204)


# ok: missing-authentication
def count_tickets(request):
    return JsonResponse({"count": Ticket.objects.count()})
