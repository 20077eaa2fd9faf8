from django.views.decorators.csrf import csrf_exempt, csrf_protect

# ruleid: csrf-protection-off
@csrf_exempt
def transfer(request):
    pass

# ok: csrf-protection-off
@csrf_protect
def other(request):
    pass
