from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, Security, status
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer

bearer = OAuth2PasswordBearer(tokenUrl="token")
header = APIKeyHeader(name="X-Key")
KEY = "not a real one"


def current_user(token: str = Depends(bearer)):
    try:
        return jwt.decode(token, KEY, algorithms=["HS256"])
    except jwt.PyJWTError as error:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED) from error


def writer(user=Depends(current_user)):
    return user


class Allowed:
    def __init__(self, role):
        self.role = role

    def __call__(self, user=Depends(current_user)):
        if user["role"] != self.role:
            raise HTTPException(status_code=403)
        return user


def api_key(key: str = Security(header)):
    if key != KEY:
        raise HTTPException(status_code=403)


def page(skip: int = 0, limit: int = 50):
    return skip, limit


def permitted(decide):
    if not decide():
        raise HTTPException(status.HTTP_403_FORBIDDEN)


def may(action):
    def inner():
        permitted(lambda: policy.allows(action))

    return inner


CurrentUser = Annotated[dict, Depends(current_user)]
