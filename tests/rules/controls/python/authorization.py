from django.contrib.auth.decorators import permission_required

# ruleid: authorization
@permission_required("app.change")
def page(request):
    pass

# ok: authorization
@cached
def other(request):
    pass
