class ApplicationController < ActionController::Base
  # ruleid: csrf-protection
  protect_from_forgery with: :exception
  # ok: csrf-protection
  skip_before_action :verify_authenticity_token
end
