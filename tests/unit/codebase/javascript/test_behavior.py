"""What functions among the handlers of a route do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers.express import routes

if TYPE_CHECKING:
    from pathlib import Path

APP = """
const express = require('express')
const jwt = require('jsonwebtoken')
const passport = require('passport')
const {{ validationResult }} = require('express-validator')
const {{ verifyToken, roleOf }} = require('./tokens')
const app = express()
{code}
app.get('/x', middleware, (req, res) => res.end())
"""
TOKENS = """
const jwt = require('jsonwebtoken')
exports.verifyToken = (header) => jwt.verify(header.slice(7), process.env.KEY)
exports.roleOf = (req) => jwt.verify(req.cookies.jwt, process.env.KEY).role
"""


def guards(root: Path, code: str) -> set[str]:
    (root / "app.js").write_text(APP.format(code=code))
    (root / "tokens.js").write_text(TOKENS)
    (route,) = routes(Project(root))
    return {guard.category.value for guard in route.guards}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("const middleware = passport.authenticate('jwt', { session: false })", {"authentication"}),
        ("const middleware = passport.initialize()", set()),
        (
            "function middleware (req, res, next) { const key = req.get('X-Service-Key'); if (!same(key)) return res.sendStatus(401); next() }",
            {"authentication"},
        ),
        ("const middleware = (req, res, next) => { if (req.get('X-CSRF-Token') !== seed) return res.status(403).end(); next() }", set()),
        ("const middleware = (req, res, next) => req.isAuthenticated() ? next() : res.redirect('/login')", {"authentication"}),
        ("function middleware (req, res, next) { if (req.session.userId) return next(); res.status(401).end() }", {"authentication"}),
        (
            "function middleware (req, res, next) { try { verifyToken(req.get('Authorization')); next() } catch { res.sendStatus(401) } }",
            {"authentication"},
        ),
        (
            "function middleware (req, res, next) { if (roleOf(req) !== 'admin') return res.sendStatus(403); next() }",
            {"authentication", "authorization"},
        ),
        ("function middleware (req, res, next) { if (!req.user.isAdmin) return res.sendStatus(403); next() }", {"authorization"}),
        ("function middleware (req, res, next) { if (busy()) return res.status(429).end(); next() }", {"rate-limiting"}),
        ("const middleware = (req, res, next) => validationResult(req).isEmpty() ? next() : res.status(422).end()", {"input-validation"}),
        ("const middleware = (req, res, next) => { console.log(req.headers.authorization); next() }", set()),
        ("const middleware = (req, res, next) => { if (!req.body.name) return res.status(400).end(); next() }", set()),
        ("const { middleware } = require('./missing')", set()),
    ],
)
def test_controls_are_told_by_what_code_does(tmp_path: Path, code: str, expected: set[str]):
    assert guards(tmp_path, code) == expected
