"""What the command accepts, and how it refuses."""

import socket
from pathlib import Path

import pytest

from threat_modeling.settings import settings
from threat_modeling_airflow.local.options import SAMPLE, Refused, check_port, parse


def test_nothing_named_models_the_sample():
    options = parse([], {"TARGET": "", "PORT": "", "APPROVE": ""})
    assert options.request["target"] == str(SAMPLE)
    assert options.request["approval"] == "manual"
    assert options.port == 8080


def test_the_environment_is_taken_where_the_command_line_is_silent(target, tmp_path):
    environment = {"TARGET": str(target), "PORT": "9000", "OUT": str(tmp_path / "out"), "APPROVE": "auto"}
    options = parse(["run"], environment)
    assert settings(options.settings).allowed_targets == (str(target),)
    assert settings(options.settings).sessions_root == str(tmp_path / "out")
    assert options.request == {"target": str(target), "out": str(tmp_path / "out"), "approval": "auto"}
    assert options.port == 9000
    assert parse(["run", "--port", "9001"], environment).port == 9001


def test_up_needs_no_target_and_allows_the_home_folder():
    options = parse(["up"], {"TARGET": "/nowhere"})
    assert options.request is None
    assert settings(options.settings).allowed_targets == ("/nowhere", str(Path.home()), str(Path.cwd()))


def test_what_is_named_is_allowed_beside_what_the_environment_allows(tmp_path):
    folder = tmp_path / "a, b"
    folder.mkdir()
    (folder / "app.py").write_text("x = 1\n")
    environment = {"THREAT_MODELING_ALLOWED_TARGETS": "/srv/code, github.com", "THREAT_MODELING_SESSIONS_ROOT": str(tmp_path / "root")}
    options = parse(["run", str(folder)], environment)
    assert settings(options.settings).allowed_targets == ("/srv/code", "github.com", str(folder))
    assert options.request["out"] == settings(options.settings).sessions_root == str(tmp_path / "root")
    options = parse(["run", "git@github.com:acme/shop.git"], {})
    assert settings(options.settings).allowed_targets == ("ssh://github.com/acme/shop.git",)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TARGET": "/nowhere/at/all"}, "TARGET: /nowhere/at/all does not exist"),
        ({"PORT": "http"}, "PORT: http is no port"),
        ({"PORT": "80"}, "PORT: 80 is no port"),
        ({"APPROVE": "maybe"}, "APPROVE:"),
        ({"CONTEXT": "/nowhere.yaml"}, "CONTEXT: /nowhere.yaml is not a readable file"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(environment, said):
    with pytest.raises(Refused, match=said):
        parse([], environment)


def test_an_empty_target_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"TARGET: .* is empty; give a folder that holds code"):
        parse(["run", str(tmp_path)], {})


def test_a_taken_port_is_refused_with_another_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match="make run PORT="):
            check_port(port)
    check_port(port)
