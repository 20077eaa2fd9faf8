"""The image: what the Dockerfile copies is there, and makes an installable package."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest

from tests.deployment.compose import PROJECT

DOCKERFILE = (PROJECT / "Dockerfile").read_text("utf-8")
COPIES = [shlex.split(line)[1:] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
IGNORED = [line for line in (PROJECT / ".dockerignore").read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_every_copied_path_is_there_and_reaches_the_build():
    sources = [source for *sources, _ in COPIES for source in sources]
    assert {"include/", "plugins/", "dags/"} <= set(sources)
    assert [source for source in sources if not (PROJECT / source).exists() or source.rstrip("/") in IGNORED] == []


def test_secrets_never_reach_the_build():
    assert {".env", ".git"} <= set(IGNORED)


def test_what_is_copied_makes_the_package(tmp_path):
    pytest.importorskip("hatchling")
    context = tmp_path / "context"
    context.mkdir()
    for *sources, _ in COPIES:
        for source in sources:
            path = PROJECT / source
            shutil.copytree(path, context / source) if path.is_dir() else shutil.copy(path, context)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(context)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"threat_modeling/__main__.py", "threat_modeling_airflow/session_dag.py", "threat_modeling_airflow/check.py"} <= set(names)
    made = {name for name in names if name.startswith("threat_modeling/rules/")}
    assert len(made) == len(list((PROJECT / "include/threat_modeling/rules").rglob("*.yaml")))


def test_requirements_are_those_of_the_package():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (PROJECT / "requirements.txt").read_text("utf-8").splitlines()
    assert sorted(line for line in lines if line and not line.startswith("#")) == sorted(project["dependencies"])


def test_everything_that_is_required_is_pinned_to_that_version():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = {_normal(line) for line in (PROJECT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line}
    required = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    assert [one for one in required if "==" in one and _normal(one) not in pins] == []


def _normal(line: str) -> str:
    return re.sub(r"[-_.]+(?=.*==)", "-", line.strip().lower())
