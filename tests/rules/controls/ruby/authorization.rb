class PostsController < ApplicationController
  def update
    # ruleid: authorization
    authorize @post
    # ok: authorization
    author @post
  end
end
