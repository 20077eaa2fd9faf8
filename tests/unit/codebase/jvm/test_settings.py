"""Settings of builds, and placeholders filled with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.jvm.settings import Settings
from threat_modeling.codebase.project import Project

if TYPE_CHECKING:
    from pathlib import Path


def test_settings_count_for_their_build_alone(tmp_path: Path):
    files = {
        "one/src/main/resources/application.properties": "# a=b\na.b=${c}/x\nc=1\nloop=${loop}\n",
        "two/src/main/resources/application.yml": "a:\n  b: two\n",
        "two/src/test/resources/application.yml": "a:\n  b: test\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    settings = Settings(Project(tmp_path))
    assert settings.first("one/src/main/java/A.java", "none", "a.b") == "1/x"
    assert settings.first("two/src/main/java/A.java", "a.b") == "two"
    assert settings.first("three/A.java", "a.b") == ""
    assert settings.filled("one/A.java", "/${x:y}/${unknown}") == "/y/{unknown}"
    assert settings.filled("one/A.java", "${loop}") == "${loop}"
