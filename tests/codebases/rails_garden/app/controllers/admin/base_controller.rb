class Admin::BaseController < ApplicationController
  before_action { head :forbidden unless current_gardener.head? && current_gardener.admin? }
end
