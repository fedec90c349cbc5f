import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist, root } from './folders.mjs';

/** The programs that load the whole product; whatever else is started loads little. */
const PROGRAMS = ['main', 'worker', 'cli'];

/**
 * What a library asks for where it is installed, and where it is not does without: none of these is, and the question is left
 * to be asked while the program runs. What the product loads only when it is needed (`import()`) finds its own files there.
 */
const LEFT_OUT = [
  '@nestjs/platform-express', '@nestjs/microservices', '@nestjs/microservices/*', '@nestjs/websockets', '@nestjs/websockets/*', '@fastify/view', '@apollo/*',
  '@as-integrations/*', '@mercuriusjs/gateway', 'class-transformer', 'class-transformer/*', 'class-validator', 'ts-morph', 'pg-native', 'bufferutil', 'utf-8-validate',
  'pdfkit', '@aws-sdk/*',
];

/** Libraries written as CommonJS ask for these, which a module does not have by itself. */
const COMMONJS = [
  `import { createRequire as requireOf } from 'node:module';`,
  `import { fileURLToPath as pathOf } from 'node:url';`,
  `const require = requireOf(import.meta.url);`,
  `const __filename = pathOf(import.meta.url);`,
  `const __dirname = pathOf(new URL('.', import.meta.url));`,
].join('\n');

/**
 * Joins the compiled programs and their libraries into the few files of dist/run: to find, read and check two thousand of them
 * takes a process longer than everything else it does before it is ready (docs/adr/0037). Libraries are chosen as Node chooses.
 */
export async function bundlePrograms() {
  const { build } = await import('esbuild');
  const outdir = join(dist, 'run');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS.map((name) => join('dist', 'src', `${name}.js`)),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['main'],
    conditions: [],
    // Classes are told apart by name in the schema and in what is logged.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    logOverride: { 'require-resolve-not-external': 'silent' },
    external: LEFT_OUT,
    banner: { js: COMMONJS },
  });
}
