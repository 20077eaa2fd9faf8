import boto3

# ruleid: cloud
boto3.client("ses")
# ok: cloud
client("ses")
