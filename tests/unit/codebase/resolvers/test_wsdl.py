"""WSDL: operations of SOAP services, at the address that the document gives."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import wsdl

SERVED = {
    "POST /soap/depot#Track": "",
    "POST /soap/depot#Lose": "",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/wsdl", wsdl)) == SERVED
