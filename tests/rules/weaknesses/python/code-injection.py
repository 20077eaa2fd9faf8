import ast
from flask import request

def calculate():
    # ruleid: code-injection
    return str(eval(request.args["expression"]))

def parse():
    # ok: code-injection
    return str(ast.literal_eval(request.args["expression"]))
