import smtplib

# ruleid: mail-encrypted
smtplib.SMTP_SSL("mail.example.org")
# ok: mail-encrypted
smtplib.SMTP("mail.example.org")
