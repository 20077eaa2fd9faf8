"""Small projects in a temporary folder, and the facts of one of their handlers."""

import pytest

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes

FLASK = "from flask import Flask, g, jsonify, redirect, request, session\n\napp = Flask(__name__)\n\n\n"


@pytest.fixture
def project(tmp_path):
    """Make a project of the files given as path -> text."""

    def make(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return Project(tmp_path)

    return make


@pytest.fixture
def handler(project):
    """The summary of the only route of a Flask application whose code follows the usual imports, with further files."""

    def make(code, **files):
        target = project({"app.py": FLASK + code, **{f"{name}.py": text for name, text in files.items()}})
        (application,) = applications(target, routes(target))
        return application.handlers[0]

    return make


@pytest.fixture
def express(project):
    """The summary of the only route of an Express application."""

    def make(code):
        target = project({"server.js": "const express = require('express')\nconst app = express()\n" + code})
        (application,) = applications(target, routes(target))
        return application.handlers[0]

    return make
