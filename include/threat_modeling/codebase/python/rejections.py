"""Whether code turns a caller away: 401, 403, errors that mean them, and redirects to a login."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Assign, Attribute, Block, Call, Evaluate, Expression, Literal, Name, Node, Return, Statement, dotted, walk

if TYPE_CHECKING:
    from threat_modeling.codebase.python.scopes import Scope

_CALL = re.compile(
    r"(?:^|\.)(?:unauthorized|forbidden|HttpResponseForbidden|HTTPUnauthorized|HTTPForbidden|redirect_to_login|handle_no_permission)(?:\(\))?$"
)
_ERROR = re.compile(
    r"(?:Unauthori[sz]ed|Forbidden|NotAuthenticated|AuthenticationFailed|PermissionDenied|PermissionError|InvalidToken|AuthError|AuthException|NoAuthorization)\w*(?:\(\))?$"
)
_STATUS_NAME = re.compile(r"(?:^|_)(?:401|403|UNAUTHORIZED|FORBIDDEN)(?:$|_)")
_LOGIN = re.compile(r"log_?in|sign_?in|auth", re.IGNORECASE)
_STATUS: Final = frozenset({401, 403, "401", "403"})


class Rejections:
    """Recognizes statements of one function that turn a caller away."""

    def __init__(self, scope: Scope, *, wrapping: bool, any_error: bool, called: frozenset[str]) -> None:
        """`wrapping`: any answer but that of the wrapped function (one of the names in `called`) rejects; `any_error`: any raise does."""
        self._scope = scope
        self._wrapping = wrapping
        self._any_error = any_error
        self._called = called

    def any(self, body: tuple[Statement, ...]) -> bool:
        """Tell a branch that rejects, itself or in the try and with blocks it holds."""
        for statement in body:
            if isinstance(statement, Block):
                if statement.kind in {"try", "with"} and any(self.any(inner) for inner in statement.bodies):
                    return True
            elif self.statement(statement):
                return True
        return False

    def explicit(self, body: tuple[Statement, ...], status: int) -> bool:
        """Tell a branch that raises or aborts with this very status."""
        names = {401: "UNAUTHORIZED", 403: "FORBIDDEN"}
        for statement in body:
            raised = isinstance(statement, Return) and statement.operator == "raise"
            aborted = isinstance(statement, Evaluate) and isinstance(statement.value, Call) and self.call(statement.value)
            for node in walk(statement) if raised or aborted else ():
                word = node.name if isinstance(node, Attribute) else ""
                if (isinstance(node, Literal) and node.value == status) or names[status] in word or str(status) in word:
                    return True
        return False

    def statement(self, statement: Statement) -> bool:
        """Tell one statement that rejects."""
        if isinstance(statement, Return):
            if statement.operator == "raise":
                return self._any_error or (statement.value is not None and self._means(statement.value))
            return statement.operator == "return" and statement.value is not None and self._answer(statement.value)
        if isinstance(statement, Evaluate):
            return isinstance(statement.value, Call) and self.call(statement.value)
        if isinstance(statement, Assign) and any(isinstance(target, Attribute) and target.name.startswith("status") for target in statement.targets):
            return statement.value is not None and _status(statement.value)
        return False

    def call(self, call: Call) -> bool:
        """Tell `abort(401)` and calls that are rejections by their framework."""
        name = dotted(call.callee)
        if name.rpartition(".")[2] == "abort":
            return any(_status(argument) for argument in call.arguments[:1])
        return bool(_CALL.search(name))

    def _answer(self, value: Expression) -> bool:
        if self._means(value):
            return True
        if isinstance(value, Call) and dotted(value.callee).rpartition(".")[2] in {"redirect", "RedirectResponse", "HttpResponseRedirect"}:
            return self._wrapping or any(
                _LOGIN.search(node.value) for node in walk(value) if isinstance(node, Literal) and isinstance(node.value, str)
            )
        if not self._wrapping or (isinstance(value, Literal) and value.value is None) or isinstance(value, Name):
            return False
        return not any(isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id in self._called for node in walk(value))

    def _means(self, value: Expression) -> bool:
        if isinstance(value, Name):
            found = self._scope.bound(value)
            if found is not None and isinstance(found[1], Call):
                value = found[1]
        return any(
            _status(node) or (isinstance(node, Call) and self._named(node)) or (node is value and self._is_error(node)) for node in walk(value)
        )

    def _named(self, call: Call) -> bool:
        return self.call(call) or self._is_error(call)

    @staticmethod
    def _is_error(node: Node) -> bool:
        return bool(_ERROR.search(dotted(node)))


def _status(node: Node) -> bool:
    if isinstance(node, Literal):
        return not isinstance(node.value, bool) and node.value in _STATUS
    name = node.name if isinstance(node, Attribute) else node.id if isinstance(node, Name) else ""
    return bool(_STATUS_NAME.search(name))
