class UsersController < ApplicationController
  def index
    # ruleid: sql-injection
    @users = User.where("name = '#{params[:name]}'")
    # ok: sql-injection
    @users = User.where(name: params[:name])
    # ok: sql-injection
    @users = User.where("name = ?", params[:name])
    # ruleid: sql-injection
    @users = User.order(params[:sort])
    # ok: sql-injection
    @users = User.order(:name)
    sql = "select * from users where id = " + params[:id]
    # ruleid: sql-injection
    ActiveRecord::Base.connection.execute(sql)
    # ok: sql-injection
    ActiveRecord::Base.connection.execute("select 1")
    # ok: sql-injection
    @users = User.where("id = #{params[:id].to_i}")
    # ruleid: sql-injection
    @user = User.find_by_sql("select * from users where #{filter}").first
    # ok: sql-injection
    @names = params[:names].select { |name| name }
  end

  private

  def filter
    "name = '#{params[:q]}'"
  end
end
