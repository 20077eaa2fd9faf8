import os

def view(request, name):
    # ruleid: django
    os.system("run " + request.GET["name"])
    # ruleid: django
    os.system("run " + name)
    # ok: django
    os.system("run " + request.encoding)
