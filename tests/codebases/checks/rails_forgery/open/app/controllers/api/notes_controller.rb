# ok: rails-forgery
class Api::NotesController < ActionController::API
  def create
    Note.create(text: params[:text])
  end
end
