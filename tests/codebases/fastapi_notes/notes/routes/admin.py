from fastapi import APIRouter

router = APIRouter()


@router.api_route("/jobs", methods=["GET", "POST"])
def jobs():
    return []
