def login(name)
  # ruleid: audit-log
  Rails.logger.warn("login failed")
  # ok: audit-log
  Rails.logger.debug("page shown")
end
