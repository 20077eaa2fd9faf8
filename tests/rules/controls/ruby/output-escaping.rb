def title(text)
  # ruleid: output-escaping
  sanitize(text)
  # ok: output-escaping
  text.upcase
end
