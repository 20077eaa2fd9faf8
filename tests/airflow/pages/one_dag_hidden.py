"""An auth manager with per-DAG permissions, as a deployment's own may have: the simple one knows roles only."""

from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager
from tests.airflow.pages.people import HIDDEN, OUTSIDER


class OneDagHidden(SimpleAuthManager):
    """The user `outsider` may see every DAG but one."""

    def is_authorized_dag(self, *, method, user, access_entity=None, details=None):
        """Deny the hidden DAG."""
        if user.get_name() == OUTSIDER and details is not None and details.id == HIDDEN:
            return False
        return super().is_authorized_dag(method=method, user=user, access_entity=access_entity, details=details)
