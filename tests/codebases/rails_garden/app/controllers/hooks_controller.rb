class HooksController < ApplicationController
  skip_before_action :require_gardener
  skip_before_action :verify_authenticity_token
  before_action :audit_caller

  def receive
    Hook.store(params[:source])
  end
end
