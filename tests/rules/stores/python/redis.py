import redis

# ruleid: redis
cache = redis.Redis()
# ok: redis
other = dict()
