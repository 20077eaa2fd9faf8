"""Actions of Struts 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import handlers

from threat_modeling.codebase.resolvers import struts2

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "import com.opensymphony.xwork2.ActionSupport;\n"
XML = """<struts>
  <package name="base" namespace="/shop"><action name="list" class="a.actions.shop.Shop" method="list"/></package>
  <package name="below" extends="base"><action name="more"/></package>
  <!-- <package name="c" namespace="/c"><action name="gone"/></package> -->
</struts>
"""


def test_configuration_convention_and_annotations(tmp_path: Path):
    found = routes_of(
        tmp_path,
        struts2,
        "package a.actions.shop;\n" + IMPORT + "public class Shop extends ActionSupport { public String list() { return SUCCESS; } }",
        "package a.actions.items;\n" + IMPORT + "public class ShowItemAction extends ActionSupport { public String execute() { return SUCCESS; } }",
        "package a.actions;\n"
        + IMPORT
        + 'public class Marked extends ActionSupport { @Action("/x/marked") public String run() { return SUCCESS; } }',
        "package a.actions;\n" + IMPORT + "public abstract class BaseAction extends ActionSupport { public String execute() { return SUCCESS; } }",
        "package a.actions.orders;\n"
        + IMPORT
        + "public class OrdersController extends ActionSupport { public String index() { return A; } public String update() { return A; } }",
        struts_dot_xml=XML.replace("<struts>", '<struts><constant name="struts.convention.action.suffix" value="Controller"/>'),
        pom_dot_xml="<project>struts2-rest-plugin</project>",
    )
    assert set(found) == {
        "ANY /shop/list",
        "ANY /shop/more",
        "ANY /items/show-item",
        "ANY /x/marked",
        "GET /orders/orders",
        "PUT /orders/orders/{id}",
    }
    assert handlers(found)["ANY /shop/list"].endswith("Shop.list")
