import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, type Files } from './generate.js';

const FOLDER = 'src/portal/documents';

/** The portal's .graphql files, by name. */
export function readDocuments(root: string): Files {
  const folder = join(root, FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Writes the typed modules beside the documents they come from. */
export function writeDocuments(root: string, schemaFile: string): void {
  const written = generate(readFileSync(schemaFile, 'utf8'), readDocuments(root));
  for (const [name, text] of Object.entries(written)) writeFileSync(join(root, FOLDER, name), text);
}

if (process.argv[1]?.endsWith('documents/write.js')) writeDocuments(process.cwd(), process.argv[2] ?? 'schema.graphql');
