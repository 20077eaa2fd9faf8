class ApplicationController < ActionController::Base
  before_action :require_gardener

  private

  def current_gardener
    @current_gardener ||= Gardener.find_by(id: session[:gardener_id])
  end

  def require_gardener
    redirect_to "/enter" unless current_gardener
  end
end
