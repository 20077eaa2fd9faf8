from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, JsonResponse
from django.views import View
from django.views.generic import ListView
from rest_framework import permissions, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.views import APIView


class Treats(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.owner == request.user


class VisitList(LoginRequiredMixin, ListView):
    model = None


class VisitDetail(View):
    def get(self, request, pk):
        return JsonResponse({"q": request.GET.get("q")})

    def post(self, request, pk):
        return JsonResponse({"reason": request.POST["reason"]})


class PatientViewSet(viewsets.ModelViewSet):
    permission_classes = [permissions.IsAuthenticated, Treats]
    lookup_field = "number"

    def destroy(self, request, number=None):
        return None

    @action(detail=True, methods=["post"], url_path="send", permission_classes=[permissions.AllowAny])
    def send_letter(self, request, number=None):
        return None


class Letters(APIView):
    def get(self, request):
        return None


@api_view(["GET", "POST"])
@permission_classes([permissions.AllowAny])
def notes(request):
    return JsonResponse({"text": request.data.get("text")})


@login_required
def archive(request, year, page=1):
    return HttpResponse(year)


def hook(request):
    if request.method != "POST":
        return HttpResponse(status=405)
    return HttpResponse(request.META["HTTP_X_SIGNATURE"])


def hours(request, day):
    return HttpResponse(day)
