from django.http import HttpResponseForbidden


class StaffOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/public/"):
            return self.get_response(request)
        if not request.user.is_staff:
            return HttpResponseForbidden()
        return self.get_response(request)
