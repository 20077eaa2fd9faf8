class NotesController < ApplicationController
  def create
    Note.create(text: params[:text])
  end
end
