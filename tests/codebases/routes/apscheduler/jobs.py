import schedule
from apscheduler.schedulers.background import BackgroundScheduler

scheduler = BackgroundScheduler()


def tidy():
    return None


@scheduler.scheduled_job("interval", minutes=5)
def ping():
    return None


scheduler.add_job(tidy, "cron", hour=3, id="nightly")
schedule.every().day.do(tidy)
