from flask_cors import CORS

# ruleid: cors-allow-list
CORS(app, origins=["https://example.org"])
# ok: cors-allow-list
CORS(app, origins=["*"])
