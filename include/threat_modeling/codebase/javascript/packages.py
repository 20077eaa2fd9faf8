"""What known packages of the Node.js world do when their functions stand among the handlers of a route."""

from __future__ import annotations

from typing import Final

from threat_modeling.model import ControlCategory

_GUARDS: Final[dict[ControlCategory, str]] = {
    ControlCategory.AUTHENTICATION: """express-jwt express-basic-auth express-oauth2-jwt-bearer express-openid-connect keycloak-connect
        koa-jwt koa-passport passport connect-ensure-login http-auth express-oauth-server aws-jwt-verify supertokens-node hono/jwt hono/bearer-auth
        hono/basic-auth @fastify/jwt @fastify/basic-auth @fastify/bearer-auth koa-basic-auth @clerk/express @clerk/clerk-sdk-node basic-auth-connect
        express-http-auth express-bearer-token-auth @hono/clerk-auth @okta/oidc-middleware @workos-inc/authkit-nextjs @nestjs/passport @hapi/auth""",
    ControlCategory.AUTHORIZATION: """express-jwt-permissions express-jwt-authz connect-roles express-ipfilter casbin-express-authz express-acl
        @hapi/scope""",
    ControlCategory.RATE_LIMITING: """express-rate-limit express-slow-down rate-limiter-flexible express-brute express-limiter
        koa-ratelimit koa2-ratelimit
        @fastify/rate-limit hono-rate-limiter @upstash/ratelimit @nestjs/throttler express-bouncer ddos""",
    ControlCategory.CORS_CSP: """helmet cors @koa/cors @fastify/cors @fastify/helmet koa-helmet lusca csurf csrf-csrf csrf-sync tiny-csrf koa-csrf
        @fastify/csrf-protection hono/cors hono/csrf hono/secure-headers feature-policy permissions-policy hsts frameguard content-security-policy
        x-xss-protection referrer-policy dont-sniff-mimetype""",
    ControlCategory.INPUT_VALIDATION: """express-validator celebrate express-joi-validation express-openapi-validator express-validation hpp xss-clean
        express-mongo-sanitize express-json-validator-middleware zod-express-middleware express-zod-safe koa-joi-router @hono/zod-validator
        hono/validator express-yup-middleware swagger-express-validator openapi-validator-middleware express-xss-sanitizer @hapi/validate""",
    ControlCategory.LOGGING_AUDIT: "morgan express-winston pino-http koa-logger koa-morgan express-bunyan-logger hono/logger express-pino-logger",
}
GUARDS: Final = {package: category for category, packages in _GUARDS.items() for package in packages.split()}
"""Package -> the control that its middleware is."""

NO_GUARD: Final = frozenset(
    {"passport.initialize", "passport.session", "koa-passport.initialize", "koa-passport.session", "express-validator.validationResult"}
)
"""Functions of those packages that let every request pass."""

SERVING: Final = {
    **dict.fromkeys(("express.static", "serve-static", "serve-index", "koa-static", "koa-serve", "@fastify/static", "hono/serve-static"), "static"),
    **dict.fromkeys(
        (
            "swagger-ui-express",
            "redoc-express",
            "http-proxy-middleware",
            "express-http-proxy",
            "express-security.txt",
            "@bull-board/express",
            "json-server",
        ),
        "http",
    ),
    **dict.fromkeys(
        ("adminjs", "@adminjs/express", "parse-server", "agendash", "arena", "@trpc/server/adapters/express", "express-status-monitor"), "http"
    ),
    **dict.fromkeys(
        ("express-graphql", "graphql-http", "@apollo/server/express4", "@as-integrations/express5", "apollo-server-express", "graphql-yoga"),
        "graphql",
    ),
}
"""Package or function of it -> the kind of entry point that its middleware serves below the path where it is mounted."""

UPLOADS: Final = ("multer", "express-fileupload", "busboy", "connect-multiparty", "connect-busboy", "formidable", "express-formidable", "@koa/multer")

_HARMLESS: Final = """
    express body-parser cookie-parser cookie-session express-session compression method-override connect-flash express-flash serve-favicon
    response-time express-async-handler errorhandler express-useragent connect-livereload connect-mongo connect-redis i18n
    i18next-http-middleware express-ejs-layouts express-handlebars on-finished connect-timeout request-ip express-request-id koa-bodyparser
    koa-body koa-compress koa-session koa-views webpack-dev-middleware webpack-hot-middleware prom-client express-prom-bundle @sentry/node
"""
HARMLESS: Final = frozenset({*_HARMLESS.split(), *UPLOADS})
"""Packages whose middleware reads, stores or measures requests and turns nobody away."""

VERIFIERS: Final = frozenset(
    [
        "jsonwebtoken.verify",
        "jose.jwtVerify",
        "jws.verify",
        "jwt-simple.decode",
        "passport.authenticate",
        "express-jwt",
        "fast-jwt.createVerifier",
        "next-auth.getServerSession",
        "@clerk/express.getAuth",
        "@clerk/nextjs/server.auth",
        "next-auth/jwt.getToken",
        "hono/jwt.verify",
        "paseto.V4.verify",
        "jwt-decode-verify",
        "basic-auth",
    ]
)
"""Functions that prove who calls, by a token, a session or a password."""

VERIFYING_METHODS: Final = frozenset(
    {"verifyIdToken", "verifyAccessToken", "jwtVerify", "verifySessionCookie", "isAuthenticated", "isUnauthenticated"}
)
"""Methods of such packages that are called on an object of theirs."""

VALIDATORS: Final = frozenset(
    {"validationResult", "safeParse", "safeParseAsync", "parseAsync", "validate", "validateAsync", "validateSync", "checkBody"}
)


def package_of(name: str) -> str:
    """`@scope/name.member` and `hono/jwt.verify` -> the package, subpath included."""
    cut = name.find(".", name.rfind("/") + 1)
    return name if cut < 0 else name[:cut]


def guard_of(name: str) -> ControlCategory | None:
    """The control that middleware of this name is, where it comes from a known package."""
    return None if name in NO_GUARD else GUARDS.get(package_of(name))


def serves(name: str) -> str | None:
    """The kind of entry point that middleware of this name serves, or None."""
    return SERVING.get(name) or SERVING.get(package_of(name)) or next((kind for known, kind in SERVING.items() if name.startswith(known + ".")), None)
