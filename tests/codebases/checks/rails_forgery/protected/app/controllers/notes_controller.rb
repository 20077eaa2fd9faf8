# ok: rails-forgery
class NotesController < ActionController::Base
  def create
    Note.create(text: params[:text])
  end
end
