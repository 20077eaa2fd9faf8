from twilio.rest import Client

# ruleid: message-service
client = Client("account", "token")
# ok: message-service
other = Queue()
