def notify
  # ruleid: mail
  UserMailer.welcome(1).deliver_now()
  # ok: mail
  UserMailer.welcome(1)
end
