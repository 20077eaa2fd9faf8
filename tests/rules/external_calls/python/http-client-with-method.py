import requests

# ruleid: http-client-with-method
requests.request("GET", "https://api.example.org/items")
# ok: http-client-with-method
requests.get("https://api.example.org/items")
