import requests

# ruleid: http-client
requests.get("https://api.example.org/items")
# ok: http-client
requests.compat("https://api.example.org/items")
