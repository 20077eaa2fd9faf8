def login(password, name)
  # ruleid: sensitive-log
  Rails.logger.info(password)
  # ok: sensitive-log
  Rails.logger.info(name)
end
