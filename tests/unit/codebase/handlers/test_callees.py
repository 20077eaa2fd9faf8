from threat_modeling.codebase.handlers.callees import Callees, inner_function
from threat_modeling.codebase.handlers.models import data_models
from threat_modeling.codebase.handlers.origins import Origin
from threat_modeling.codebase.syntax import Call, Function, walk


def calls(module):
    return [node for node in walk(module.body) if isinstance(node, Call)]


def test_functions_methods_records_and_strangers(project):
    target = project(
        {
            "a.py": "import b\nfrom c import User\n\nb.help()\nUser.find(1)\nUser(name=1)\nprint(1)\n",
            "b.py": "def help():\n    pass\n",
            "c.py": "class User(db.Model):\n    name = db.Column(1)\n\n    @staticmethod\n    def find(number):\n        pass\n",
        }
    )
    callees = Callees(target, data_models(target))
    module = target.module("a.py")
    found = [callees.find(module, node, frozenset(), {}) for node in calls(module)]
    assert [(callee.function.name, callee.record) if callee else None for callee in found] == [("help", ""), ("find", ""), ("User", "user"), None]
    assert found[1].explicit_self


def test_methods_of_a_record_in_hand(project):
    target = project({"c.py": "class User(db.Model):\n    name = db.Column(1)\n\n    def describe(self):\n        pass\n\n\nuser.describe()\n"})
    callees = Callees(target, data_models(target))
    module = target.module("c.py")
    found = callees.find(module, calls(module)[-1], frozenset({Origin("record", "user")}), {})
    assert found.function.name == "describe"


def test_the_function_that_a_factory_returns(project):
    target = project({"a.js": "function make () { return (req, res) => { res.end() } }\n"})
    (function,) = [node for node in target.module("a.js").body if isinstance(node, Function)]
    assert [parameter.name for parameter in inner_function(function).parameters] == ["req", "res"]
    assert inner_function(inner_function(function)).parameters[0].name == "req"
