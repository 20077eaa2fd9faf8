import smtplib

# ruleid: mail
smtplib.SMTP("mail.example.org")
# ok: mail
smtplib.SMTP_SSL("mail.example.org")
