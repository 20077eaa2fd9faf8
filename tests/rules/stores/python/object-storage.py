import boto3

# ruleid: object-storage
s3 = boto3.client("s3")
# ok: object-storage
sqs = boto3.client("sqs")
