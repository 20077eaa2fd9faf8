from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    PREFIX: str = "/api/v1"


settings = Settings()
