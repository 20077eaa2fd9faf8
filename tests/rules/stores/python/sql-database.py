from sqlalchemy import create_engine

# ruleid: sql-database
engine = create_engine("postgresql://db/app")
# ok: sql-database
other = build("postgresql://db/app")
