# ruleid: redis
REDIS = Redis.new(url: ENV["REDIS_URL"])
# ok: redis
SIZE = 5
