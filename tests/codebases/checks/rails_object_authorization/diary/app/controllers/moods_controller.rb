class MoodsController < ApplicationController
  before_action :authenticate_user!

  def show
    # ok: rails-object-authorization
    @mood = Mood.find(params[:id])
  end
end
