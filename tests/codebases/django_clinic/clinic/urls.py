from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from visits import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("visits/", include("visits.urls")),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?:page-(?P<page>\d+)/)?$", views.archive),
    path("hook/", csrf_exempt(views.hook)),
]

urlpatterns += [path("public/", include([path("hours/<slug:day>", views.hours)]))]
