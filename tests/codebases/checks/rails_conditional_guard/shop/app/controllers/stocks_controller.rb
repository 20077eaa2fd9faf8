class StocksController < ApplicationController
  # ruleid: rails-conditional-guard
  before_action :require_keeper, if: :remote?
  # ok: rails-conditional-guard
  before_action :require_keeper, unless: :keeper?
  # ok: rails-conditional-guard
  before_action :set_page, if: -> { params[:page] }

  def index
  end

  def destroy
  end

  private

  def require_keeper
    head :forbidden unless current_user.admin?
  end

  def set_page
    @page = params[:page]
  end

  def remote?
    params[:remote] == "1"
  end

  def keeper?
    current_user.keeper?
  end
end
