# ruleid: files
open("notes.txt", "w")
# ok: files
close("notes.txt")
