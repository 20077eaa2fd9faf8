class OrdersController < ApplicationController
  # ruleid: csrf-protection-off
  skip_before_action :verify_authenticity_token, only: [:create]
  # ok: csrf-protection-off
  skip_before_action :authenticate_user!
  # ok: csrf-protection-off
  protect_from_forgery with: :exception
end
Rails.application.configure do
  # ruleid: csrf-protection-off
  config.action_controller.allow_forgery_protection = false
end
