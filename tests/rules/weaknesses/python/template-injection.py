from flask import render_template, render_template_string, request

def greet():
    # ruleid: template-injection
    return render_template_string("Hello " + request.args["name"])

def greet_well():
    # ok: template-injection
    render_template_string("Hello {{ name }}", name=request.args["name"])
    # ok: template-injection
    return render_template("hello.html", name=request.args["name"])
