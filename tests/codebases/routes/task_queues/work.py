import dramatiq
from huey import SqliteHuey
from rq import Queue

huey = SqliteHuey()


@dramatiq.actor
def resized(picture):
    return picture


@huey.periodic_task(None)
def tidy():
    return None


def sent(address):
    return address


def ask(address):
    Queue("mail").enqueue(sent, address)
    Queue("mail").enqueue(sent, address)
