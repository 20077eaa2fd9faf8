class SessionsController < ApplicationController
  # ruleid: rate-limiting
  rate_limit to: 10, within: 3.minutes
  # ok: rate-limiting
  layout "plain"
end
