ROOT_URLCONF = "clinic.urls"

MIDDLEWARE = [
    "django.middleware.csrf.CsrfViewMiddleware",
    "clinic.middleware.StaffOnly",
]

REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}
