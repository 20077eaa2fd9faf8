// ruleid: graphql-introspection
const one = new ApolloServer({ schema, introspection: true })
// ok: graphql-introspection
const two = new ApolloServer({ schema, introspection: false })
