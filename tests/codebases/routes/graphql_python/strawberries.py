import strawberry
from strawberry.permission import BasePermission


class SignedIn(BasePermission):
    def has_permission(self, source, info, **kwargs):
        return info.context.request.user.is_authenticated


@strawberry.type
class Query:
    @strawberry.field(permission_classes=[SignedIn])
    def all_notes(self, info, page: int = 1) -> list[str]:
        return []

    def helper(self):
        return None


@strawberry.type
class Note:
    @strawberry.field
    def title(self) -> str:
        return ""
