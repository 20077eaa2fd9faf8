"""Files that act when someone imports, installs, builds or merely enters their folder. `pwned` must never appear."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "pwned"


def _acts(folder: Path) -> str:
    """Python that leaves the canary beside the target."""
    return f"import pathlib\npathlib.Path({str(folder.parents[1] / CANARY)!r}).touch()\nraise SystemExit(99)\n"


def case_import_time(folder: Path) -> None:
    for name in (
        "__init__.py",
        "sitecustomize.py",
        "usercustomize.py",
        "conftest.py",
        "setup.py",
        "__main__.py",
        "flask.py",
        "yaml.py",
        "re.py",
        "json.py",
        "threat_modeling.py",
    ):
        (folder / name).write_text(_acts(folder))
    (folder / "evil.pth").write_text(f"import os; open({str(folder.parents[1] / CANARY)!r}, 'w')\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p evil\n")


def case_import_time_at_the_root(folder: Path) -> None:
    """The root of a target is where a careless tool would run."""
    for name in ("sitecustomize.py", "conftest.py", "setup.py", "yaml.py", "re.py", "json.py", "threat_modeling.py", "pydantic.py", "__init__.py"):
        (folder.parent / name).write_text(_acts(folder))
    (folder.parent / ".env").write_text("PYTHONPATH=.\nPYTHONSTARTUP=setup.py\nLD_PRELOAD=./evil.so\n")
    (folder.parent / "threat_modeling").mkdir()
    (folder.parent / "threat_modeling" / "__init__.py").write_text(_acts(folder))


def case_build_scripts(folder: Path) -> None:
    touch = f"touch {folder.parents[1] / CANARY}"
    (folder / "package.json").write_text(
        '{"scripts": {' + ", ".join(f'"{n}": "{touch}"' for n in ("preinstall", "install", "postinstall", "prepare", "test")) + "}}"
    )
    (folder / ".npmrc").write_text(f"script-shell=/bin/sh\nnode-options=--require {folder}/evil.js\n")
    (folder / "evil.js").write_text(f"require('child_process').execSync('{touch}')\n")
    (folder / "Makefile").write_text(f"$(shell {touch})\nall:\n\t{touch}\n")
    (folder / "sgconfig.yml").write_text(f"customLanguages:\n  evil:\n    libraryPath: {folder}/evil.so\n    extensions: [py]\nruleDirs: [.]\n")
    (folder / ".envrc").write_text(touch + "\n")
    (folder / "babel.config.js").write_text(f"require('child_process').execSync('{touch}')\n")


def case_template_files(folder: Path) -> None:
    for name in ("report.html.j2", "report.md.j2", "index.html", "summary.md"):
        (folder / name).write_text("{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}{% include '/etc/passwd' %}\n")


def case_pickles(folder: Path) -> None:
    for name in ("model.pkl", "cache.pyc", "data.npy", "state.joblib"):
        (folder / name).write_bytes(b"cos\nsystem\n(S'touch pwned'\ntR.")
