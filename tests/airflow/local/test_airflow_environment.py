"""The configuration of the local Airflow."""

import stat

from threat_modeling_airflow.local.airflow_environment import airflow_environment, password_of


def test_only_this_machine_on_the_given_port_everywhere(tmp_path):
    found = airflow_environment(tmp_path, 8123, {})
    assert found["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert {found["AIRFLOW__API__BASE_URL"], found["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].removesuffix("/execution/")} == {
        "http://127.0.0.1:8123"
    }
    assert found["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"


def test_the_users_own_airflow_is_left_out(tmp_path):
    found = airflow_environment(tmp_path, 8123, {"AIRFLOW__CORE__FERNET_KEY": "x", "AIRFLOW_CONFIG": "/etc/airflow.cfg", "HOME": "/home/ada"})
    assert "AIRFLOW__CORE__FERNET_KEY" not in found
    assert "AIRFLOW_CONFIG" not in found
    assert found["HOME"] == "/home/ada"


def test_the_password_is_kept_and_private(tmp_path):
    password = password_of(tmp_path)
    assert password == password_of(tmp_path)
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
