import type pg from 'pg';

/** Makes the months of the ledger from `first`, for example `2026-05`, to those there are, as an installation has that was running then. What was recorded before the first must not be of them. */
export async function beginMonths(superuser: pg.Client, first: string): Promise<void> {
  await superuser.query(`
    DO $do$
    DECLARE
      month timestamptz := '${first}-01T00:00:00Z';
      known timestamptz := (SELECT substring(pg_get_expr(relpartbound, oid) FROM $$TO \\('([^']+)'\\)$$)::timestamptz FROM pg_class WHERE relname = 'ledger_entry_earlier');
    BEGIN
      SET LOCAL ROLE concordat_owner;
      ALTER TABLE ledger_entry DETACH PARTITION ledger_entry_earlier;
      EXECUTE format('ALTER TABLE ledger_entry ATTACH PARTITION ledger_entry_earlier FOR VALUES FROM (MINVALUE) TO (%L)', month);
      WHILE month < known LOOP
        PERFORM ledger_make_month(month);
        month := month + interval '1 month';
      END LOOP;
    END $do$`);
}

/** The month that lies `months` before this one: `2026-05`. */
export function monthAgo(months: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}
