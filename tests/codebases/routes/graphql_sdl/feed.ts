import gql from "graphql-tag";

export const typeDefs = gql`
  type Subscription {
    feed(room: String!): String
  }
`;
