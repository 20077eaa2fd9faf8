"""What known packages of Go do when their functions stand among the handlers of a route."""

from __future__ import annotations

from typing import Final

from threat_modeling.model import ControlCategory

_GUARDS: Final[dict[ControlCategory, str]] = {
    ControlCategory.AUTHENTICATION: """github.com/gin-gonic/gin.BasicAuth github.com/gin-gonic/gin.BasicAuthForRealm github.com/appleboy/gin-jwt
        github.com/go-chi/chi/middleware.BasicAuth github.com/go-chi/jwtauth.Verifier github.com/go-chi/jwtauth.Authenticator
        github.com/go-chi/oauth github.com/labstack/echo/middleware.BasicAuth github.com/labstack/echo/middleware.BasicAuthWithConfig
        github.com/labstack/echo/middleware.KeyAuth github.com/labstack/echo/middleware.KeyAuthWithConfig
        github.com/labstack/echo/middleware.JWT github.com/labstack/echo/middleware.JWTWithConfig github.com/labstack/echo-jwt
        github.com/gofiber/fiber/middleware/basicauth github.com/gofiber/fiber/middleware/keyauth github.com/gofiber/contrib/jwt
        github.com/gofiber/jwt github.com/gofiber/keyauth github.com/auth0/go-jwt-middleware github.com/iris-contrib/middleware/jwt
        github.com/kataras/iris/middleware/jwt github.com/kataras/iris/middleware/basicauth github.com/hertz-contrib/jwt
        github.com/hertz-contrib/keyauth github.com/hertz-contrib/paseto github.com/cloudwego/hertz/pkg/app/middlewares/server/basic_auth
        github.com/beego/beego/server/web/filter/auth github.com/astaxie/beego/plugins/auth goyave.dev/goyave/auth.Middleware
        github.com/zeromicro/go-zero/rest.WithJwt github.com/zeromicro/go-zero/rest.WithJwtTransition github.com/abbot/go-http-auth
        github.com/urfave/negroni-jwt github.com/supertokens/supertokens-golang github.com/clerk/clerk-sdk-go""",
    ControlCategory.AUTHORIZATION: """github.com/gin-contrib/authz github.com/labstack/echo-contrib/casbin github.com/gofiber/contrib/casbin
        github.com/casbin github.com/hertz-contrib/casbin github.com/beego/beego/server/web/filter/authz github.com/iris-contrib/middleware/casbin""",
    ControlCategory.RATE_LIMITING: """github.com/ulule/limiter github.com/didip/tollbooth
        github.com/go-chi/httprate github.com/gofiber/fiber/middleware/limiter
        github.com/labstack/echo/middleware.RateLimiter github.com/labstack/echo/middleware.RateLimiterWithConfig github.com/throttled/throttled
        github.com/go-chi/chi/middleware.Throttle github.com/kataras/iris/middleware/rate github.com/hertz-contrib/limiter
        github.com/sethvargo/go-limiter github.com/JGLTechnologies/gin-rate-limit github.com/zeromicro/go-zero/core/limit
        github.com/beego/beego/server/web/filter/ratelimit github.com/aviddiviner/gin-limit""",
    ControlCategory.CORS_CSP: """github.com/gin-contrib/cors github.com/gin-contrib/secure github.com/rs/cors github.com/go-chi/cors
        github.com/gorilla/handlers.CORS github.com/gorilla/csrf github.com/justinas/nosurf github.com/unrolled/secure
        github.com/labstack/echo/middleware.CORS github.com/labstack/echo/middleware.CORSWithConfig github.com/labstack/echo/middleware.CSRF
        github.com/labstack/echo/middleware.CSRFWithConfig github.com/labstack/echo/middleware.Secure
        github.com/labstack/echo/middleware.SecureWithConfig github.com/gofiber/fiber/middleware/cors github.com/gofiber/fiber/middleware/csrf
        github.com/gofiber/fiber/middleware/helmet github.com/gofiber/helmet github.com/hertz-contrib/cors github.com/hertz-contrib/csrf
        github.com/hertz-contrib/secure github.com/iris-contrib/middleware/cors github.com/iris-contrib/middleware/csrf
        github.com/iris-contrib/middleware/secure github.com/beego/beego/server/web/filter/cors github.com/utrack/gin-csrf
        goyave.dev/goyave/cors github.com/zeromicro/go-zero/rest.WithCors""",
    ControlCategory.LOGGING_AUDIT: """github.com/gin-gonic/gin.Logger github.com/gin-contrib/logger github.com/gin-contrib/zap
        github.com/go-chi/chi/middleware.Logger github.com/go-chi/httplog github.com/labstack/echo/middleware.Logger
        github.com/labstack/echo/middleware.LoggerWithConfig github.com/labstack/echo/middleware.RequestLoggerWithConfig
        github.com/gofiber/fiber/middleware/logger github.com/gorilla/handlers.LoggingHandler github.com/gorilla/handlers.CombinedLoggingHandler
        github.com/kataras/iris/middleware/logger github.com/kataras/iris/middleware/accesslog github.com/hertz-contrib/logger""",
}
GUARDS: Final = {name: category for category, names in _GUARDS.items() for name in names.split()}
"""Package or function of it, without versions -> the control that its middleware is."""


def guard_of(name: str) -> ControlCategory | None:
    """The control that something of a package is, by its full name."""
    while name:
        if name in GUARDS:
            return GUARDS[name]
        cut = max(name.rfind("."), name.rfind("/"))
        if cut <= 0 or name[:cut].count("/") < 1:
            return None
        name = name[:cut]
    return None
