from django.urls import include, path
from rest_framework.routers import DefaultRouter

from . import views

router = DefaultRouter()
router.register(r"patients", views.PatientViewSet, basename="patient")

urlpatterns = [
    path("", views.VisitList.as_view()),
    path("<int:pk>/", views.VisitDetail.as_view()),
    path("notes/", views.notes),
    path("letters/", views.Letters.as_view()),
    path("api/", include(router.urls)),
]
