module Admin
  class ReportsController < BaseController
    skip_forgery_protection

    def show
      render plain: params[:year]
    end
  end
end
