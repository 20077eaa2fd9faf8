from __future__ import annotations

from tests.unit.phases.phase_3_codebase_mapping.observed import component, guard, route
from threat_modeling.codebase.observations import Handler
from threat_modeling.phases.phase_3_codebase_mapping.corrections import Corrections
from threat_modeling.phases.phase_3_codebase_mapping.entry_points import entry_points

NONE = Corrections()


def test_the_same_route_seen_by_two_agents_is_one_entry_point():
    points = entry_points([component("a", routes=(route(),)), component("b", routes=(route(),))], NONE)
    assert [(p.id, p.component) for p in points] == [("EP-001", "a")]


def test_a_documented_route_that_code_serves_is_not_listed_twice():
    documented = route(path="/users/{id}", documented_only=True, handler=None)
    served = route(path="/users/{user_id}")
    points = entry_points([component(routes=(documented, served))], NONE)
    assert [(p.path, p.documented_only) for p in points] == [("/users/{user_id}", False)]


def test_a_documented_route_without_code_stays_with_unknown_authentication():
    (point,) = entry_points([component(routes=(route(documented_only=True, handler=None),))], NONE)
    assert point.documented_only
    assert point.authentication.state == "unknown"


def test_order_and_ids_do_not_depend_on_the_order_of_agents():
    one, two = component("a", routes=(route(path="/b"), route(path="/a"))), component("b", routes=(route("POST", "/a"),))
    assert entry_points([one, two], NONE) == entry_points([two, one], NONE)


def test_a_guard_makes_authentication_required_and_exposure_narrower():
    points = entry_points([component(routes=(route(path="/a", guards=(guard(),)), route(path="/b")))], NONE)
    assert [(p.authentication.state, p.exposure) for p in points] == [("required", "external-authenticated"), ("none", "external-unauthenticated")]
    assert points[0].authentication.evidence


def test_two_handlers_of_one_path_are_two_entry_points():
    other = Handler(file="legacy.py", line=3, end=8, function="view")
    assert len(entry_points([component(routes=(route(), route(handler=other)))], NONE)) == 2


def test_a_person_corrects_exposure_by_method_and_path():
    wanted = Corrections(exposure=(("GET /metrics", "internal"),))
    (point,) = entry_points([component(routes=(route(path="/metrics"),))], wanted)
    assert point.exposure == "internal"
    assert "exposure corrected by a person" in point.risk_factors


def test_a_command_is_not_reachable_from_the_network():
    (point,) = entry_points([component(routes=(route("CLI", "import-users", type="cli"),))], NONE)
    assert point.exposure == "internal"


def test_a_guard_that_may_be_one_leaves_authentication_unknown():
    (point,) = entry_points([component(routes=(route(unread=("gate",)),))], NONE)
    assert (point.authentication.state, point.exposure) == ("unknown", "external-unauthenticated")


def test_a_handler_that_the_registration_makes_is_shown_with_its_implementation():
    served = Handler(file="routes/login.js", line=3, end=8, function="login")
    (made,) = entry_points([component(routes=(route(handler=served, made_where_registered=True),))], NONE)
    assert (made.handler.file, made.handler.function, made.implementation) == ("app.py", "login", served)
    assert made.code == served
    (plain,) = entry_points([component(routes=(route(handler=served),))], NONE)
    assert (plain.handler, plain.implementation, plain.code) == (served, None, served)
