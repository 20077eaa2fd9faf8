import json
import pickle
from flask import request

def load():
    # ruleid: deserialization
    pickle.loads(request.data)
    # ok: deserialization
    json.loads(request.data)
