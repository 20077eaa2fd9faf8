from flask import request
from lxml import etree

def find():
    tree = etree.parse("users.xml")
    # ruleid: xpath-injection
    tree.xpath("//user[name='" + request.args["name"] + "']")
    # ok: xpath-injection
    tree.xpath("//user[name=$name]", name=request.args["name"])
