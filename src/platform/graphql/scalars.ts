import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';

/** Whole numbers up to 2^53 - 1: sizes in bytes, ledger indexes. */
export const SafeInt = GraphQLSafeInt;

/** RFC 3339 date-time; the framework's built-in scalar accepts garbage. */
export const DateTime = GraphQLDateTime;
