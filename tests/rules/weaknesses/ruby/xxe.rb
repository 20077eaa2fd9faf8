def read(body)
  # ruleid: xxe
  Nokogiri::XML(body, nil, nil, Nokogiri::XML::ParseOptions::NOENT)
  # ok: xxe
  Nokogiri::XML(body)
end
