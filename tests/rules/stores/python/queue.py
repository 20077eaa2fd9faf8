import pika

# ruleid: queue
connection = pika.BlockingConnection()
# ok: queue
other = Connection()
