from fastapi import APIRouter, Depends

from ..security import CurrentUser, may

router = APIRouter()


@router.api_route("/jobs", methods=["GET", "POST"])
def jobs():
    return []


@router.delete("/jobs/{job}", dependencies=[Depends(may("delete"))])
def stopped(job: int, user: CurrentUser):
    return job
