from flask import redirect, request, url_for

def login():
    # ruleid: open-redirect
    return redirect(request.args.get("next"))

def logout():
    # ok: open-redirect
    return redirect(url_for("index", next=request.args.get("next")))

def inside():
    # ok: open-redirect
    return redirect("/pages/" + request.args["page"])
