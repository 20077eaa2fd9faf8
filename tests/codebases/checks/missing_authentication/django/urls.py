from django.urls import path
import views

urlpatterns = [
    path("tickets/<int:ticket_id>/close", views.close_ticket),
    path("tickets/<int:ticket_id>/remove", views.remove_ticket),
    path("tickets/count", views.count_tickets),
]
