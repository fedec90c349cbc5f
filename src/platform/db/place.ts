/** A row that knows its place in a list: PostgreSQL's own text of the time (microseconds kept) and the id. */
export interface Placed {
  readonly place_at: string;
  readonly place_id: string;
}

/** SQL for the two sort values of {@link Placed}. */
export function placeOf(at: string, id: string): string {
  return `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, ${id}::text AS place_id`;
}
