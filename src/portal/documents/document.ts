/** One GraphQL operation of the portal: its text, the SHA-256 it is trusted under, and what goes in and comes out. */
export interface Document<Data, Variables> {
  readonly id: string;
  readonly text: string;
  /** Never set: carries the types only. */
  readonly types?: { readonly data: Data; readonly variables: Variables };
}
