def show
  # ruleid: template-injection
  ERB.new(params[:text]).result
  # ok: template-injection
  ERB.new(File.read("page.erb")).result
  # ruleid: template-injection
  render inline: params[:text]
  # ok: template-injection
  render inline: "<p>Hello</p>"
  # ruleid: template-injection
  erb "<p>#{params[:text]}</p>"
  # ok: template-injection
  erb :page, locals: { text: params[:text] }
end
