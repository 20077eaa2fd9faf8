from celery import Celery, shared_task

app = Celery("shop")
app.conf.beat_schedule = {"nightly": {"task": "shop.tasks.tidy", "schedule": 3600}}


@app.task(bind=True, name="mail.send")
def send(self, address, body):
    return address, body


@shared_task
def tidy():
    return None


@app.on_after_configure.connect
def periodic(sender, **kwargs):
    sender.add_periodic_task(10.0, send.s("clerk", ""), name="remind")


class Board:
    def task(self, function):
        return function


@Board().task
def nothing():
    return None
