from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
# ruleid: cors-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
# ok: cors-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["https://example.org"])
