import json


def listed(event, context):
    return {"statusCode": 200, "body": json.dumps([])}
