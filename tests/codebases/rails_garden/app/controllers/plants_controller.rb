class PlantsController < ApplicationController
  include Paged
  skip_before_action :require_gardener, only: [:index, :show]

  def index
    @plants = Plant.all
  end

  def search
    @plants = Plant.where(name: params[:q], bed: cookies[:bed])
    render :index
  end

  def show
    @plant = Plant.find(params[:id])
  end

  def create
    @plant = Plant.create(plant_params)
  end

  def water
    plant = Plant.find(params[:id])
    return head :forbidden if plant.gardener != current_gardener

    plant.water(request.headers["X-Liters"])
  end

  private

  def plant_params
    params.require(:plant).permit(:name, :bed, tags: [])
  end
end
