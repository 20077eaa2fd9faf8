from django.urls import path
import views

urlpatterns = [
    path("tickets/<int:ticket_id>", views.show),
    path("tickets/<int:ticket_id>/own", views.show_own),
    path("tickets/<int:ticket_id>/shape", views.shape),
]
