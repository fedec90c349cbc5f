import { withClient } from '../../scripts/postgres/provision.js';

/** Everything a migration can leave behind in a database, one line each, sorted; leaves out what PostgreSQL itself and TypeORM keep. */
const LINES = `
  SELECT format('column %s.%s.%s %s %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND OURS
  UNION ALL SELECT format('relation %s.%s %s owner %s rls %s %s acl %s', n.nspname, c.relname, c.relkind, c.relowner::regrole, c.relrowsecurity, c.relforcerowsecurity, (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(c.relacl) x))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind <> 'i' AND c.relname NOT LIKE 'PK\_%' AND OURS
  UNION ALL SELECT format('column acl %s.%s.%s %s', n.nspname, c.relname, a.attname, (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(a.attacl) x))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attacl IS NOT NULL AND OURS
  UNION ALL SELECT format('index %s', pg_get_indexdef(i.indexrelid)) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE OURS
  UNION ALL SELECT format('constraint %s.%s %s', n.nspname, c.relname, pg_get_constraintdef(k.oid)) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE OURS
  UNION ALL SELECT format('trigger %s', pg_get_triggerdef(t.oid)) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND OURS
  UNION ALL SELECT format('policy %s.%s %s %s %s using %s check %s', n.nspname, c.relname, p.polname, p.polcmd, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE OURS
  UNION ALL SELECT format('view %s.%s %s', n.nspname, c.relname, pg_get_viewdef(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND OURS
  UNION ALL SELECT format('function %s owner %s %s', f.oid::regprocedure, f.proowner::regrole, md5(pg_get_functiondef(f.oid))) FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
    WHERE f.prokind = 'f' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = f.oid AND x.deptype = 'e')
  UNION ALL SELECT format('type %s.%s %s', n.nspname, t.typname, t.typtype) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype IN ('e', 'd') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION ALL SELECT format('schema %s owner %s', nspname, nspowner::regrole) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')
  ORDER BY 1`;

const OURS = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname NOT LIKE 'schema\\_migration%'`;

/** A picture of the schema of the database at `url`, to compare with another one. */
export async function schemaPicture(url: string): Promise<readonly string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(LINES.replaceAll('OURS', OURS));
    return rows.map(({ line }) => line);
  });
}
