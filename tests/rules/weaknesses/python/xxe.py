from defusedxml import ElementTree
from flask import request
from lxml import etree

def parse():
    # ruleid: xxe
    etree.fromstring(request.data)
    # ok: xxe
    ElementTree.fromstring(request.data)
    # ruleid: xxe
    etree.XMLParser(resolve_entities=True)
    # ok: xxe
    etree.XMLParser(resolve_entities=False, no_network=True)
