from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from .routes import admin, notes
from .security import api_key
from .settings import settings

app = FastAPI()
app.include_router(notes.router, prefix=settings.PREFIX)
app.include_router(admin.router, prefix="/admin", dependencies=[Depends(api_key)])


@app.middleware("http")
async def counted(request: Request, call_next):
    return await call_next(request)


@app.get("/health")
async def health():
    return {"ok": True}


async def legacy_page(request):
    return JSONResponse({"q": request.query_params.get("q")})


legacy = Starlette(routes=[Mount("/pages", routes=[Route("/{page:int}", legacy_page, methods=["GET", "POST"])])])
app.mount("/legacy", legacy)
