from pymongo import MongoClient

# ruleid: mongodb
client = MongoClient()
# ok: mongodb
other = Client()
