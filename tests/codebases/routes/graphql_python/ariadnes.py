from ariadne import MutationType, ObjectType

mutation = MutationType()
note = ObjectType("Note")


@mutation.field("addNote")
def add(_, info, title):
    return title


@note.field("title")
def title(note, info):
    return note
