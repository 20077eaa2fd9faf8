import graphene


class LoseNote(graphene.Mutation):
    class Arguments:
        note = graphene.ID()

    def mutate(root, info, note):
        return LoseNote()


class Query(graphene.ObjectType):
    note = graphene.String(id=graphene.ID())

    def resolve_note(root, info, id):
        return id


class Mutation(graphene.ObjectType):
    lose_note = LoseNote.Field()
