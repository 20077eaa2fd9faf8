module Paged
  extend ActiveSupport::Concern

  included do
    before_action :set_page
    rate_limit to: 10, within: 1.minute, only: :search
  end

  def set_page
    @page = params[:page]
  end
end
