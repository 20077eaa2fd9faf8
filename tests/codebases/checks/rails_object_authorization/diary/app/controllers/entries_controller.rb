class EntriesController < ApplicationController
  before_action :authenticate_user!

  def show
    # ruleid: rails-object-authorization
    @entry = Entry.find(params[:id])
  end

  def update
    # ok: rails-object-authorization
    @entry = current_user.entries.find(params[:id])
  end

  def destroy
    # ok: rails-object-authorization
    entry = Entry.find(params[:id])
    return head :forbidden if entry.author != current_user

    entry.destroy
  end

  def edit
    # ok: rails-object-authorization
    @entry = Entry.find(params[:id])
    authorize @entry
  end
end
