import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bundlePrograms } from './bundle-programs.mjs';
import { dist, root } from './folders.mjs';
import { digestOf, filesUnder } from './sources.mjs';

const CODE = ['src', 'libs', 'sandbox', 'scripts', 'migrations', 'bench'];
const ISLANDS = 'src/portal/islands';
const PAGE = 'libs/verify-page';
const STYLES = 'src/portal/styles';
const TOOLS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

const isProgram = (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.startsWith(`${ISLANDS}/`) && !path.startsWith(`${PAGE}/`);
const isStyle = (path) => path.endsWith('.scss');
const isFixed = (path) => !/\.(ts|scss|mjs|cjs)$/.test(path) && !path.startsWith(`${ISLANDS}/`) && !path.startsWith(`${PAGE}/`);
const isEntry = (suffix) => (path) => path.endsWith(suffix) && !basename(path).startsWith('_') && !/\.(spec|d)\.ts$/.test(path);

/** The parts of dist/, each with a digest of what it is made from and how it is made. They do not depend on each other. */
export const buildSteps = [
  { name: 'programs', key: () => digestOf([...TOOLS, 'scripts/prepare/bundle-programs.mjs', ...programs()]), run: buildPrograms },
  { name: 'styles', key: () => digestOf(['package-lock.json', ...filesUnder(['src/portal'], isStyle)]), run: buildStyles },
  { name: 'islands', key: () => digestOf(['package-lock.json', ...filesUnder([ISLANDS], () => true)]), run: buildIslands },
  { name: 'page that checks bundles', key: () => digestOf(['package-lock.json', ...filesUnder(['libs'], () => true)]), run: buildCheckPage },
  { name: 'views', key: () => digestOf(fixedFiles()), run: copyFixed },
];

const programs = () => filesUnder(CODE, isProgram);
const fixedFiles = () => filesUnder(['src', 'sandbox', 'libs'], isFixed);

/**
 * tsc keeps what it knows beside its output; programs whose source is gone are removed, or they would still be found. What is run
 * is then joined from it.
 */
async function buildPrograms() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const code = await run(process.execPath, [compiler, '-p', 'tsconfig.build.json']);
  const sources = new Set(programs().map((path) => path.replace(/\.ts$/, '')));
  for (const built of filesUnder(CODE.map((folder) => `dist/${folder}`), (path) => /\.js(\.map)?$/.test(path))) {
    if (!sources.has(built.replace(/^dist\//, '').replace(/\.js(\.map)?$/, ''))) rmSync(join(root, built));
  }
  if (code !== 0) throw new Error('The sources do not compile; what the compiler wrote above says where.');
  await bundlePrograms();
}

/** Each style sheet of src/portal/styles whose name does not begin with an underscore becomes dist/assets/NAME.css. */
async function buildStyles() {
  const { compileAsync, Logger, NodePackageImporter } = await import('sass');
  for (const path of filesUnder([STYLES], isEntry('.scss'))) {
    const { css } = await compileAsync(join(root, path), {
      style: 'compressed',
      // The libraries warn about each other's use of them, which nobody here can mend; a fault still throws.
      logger: Logger.silent,
      quietDeps: true,
      silenceDeprecations: ['import'],
      loadPaths: [root, join(root, 'node_modules')],
      importers: [new NodePackageImporter(root)],
    });
    write(join(dist, 'assets', `${basename(path, '.scss')}.css`), css);
  }
}

/** Each module directly in src/portal/islands becomes one script, dist/assets/NAME.js. */
async function buildIslands() {
  const { build } = await import('esbuild');
  const entryPoints = filesUnder([ISLANDS], isEntry('.ts')).filter((path) => dirname(path) === ISLANDS);
  if (entryPoints.length === 0) return;
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: join(dist, 'assets'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    logLevel: 'warning',
    tsconfig: join(root, ISLANDS, 'tsconfig.json'),
  });
}

/**
 * The page that checks a bundle becomes one file, dist/verify-page/verify.html, which loads nothing: the verifier of libs/, with
 * stand-ins for the three modules of Node it uses, in a page whose policy names the hash of its one script.
 */
async function buildCheckPage() {
  const { build, transform } = await import('esbuild');
  const standIn = (name) => join(root, PAGE, 'stand-ins', `${name}.ts`);
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`${PAGE}/page.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    tsconfig: join(root, PAGE, 'tsconfig.json'),
    alias: { 'node:buffer': standIn('buffer'), 'node:crypto': standIn('crypto'), 'node:zlib': standIn('zlib') },
    inject: [standIn('buffer')],
  });
  const script = outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
  const style = (await transform(readFileSync(join(root, PAGE, 'page.css'), 'utf8'), { loader: 'css', minify: true })).code.trim();
  const parts = { script, style, 'script-hash': sha256(script), 'style-hash': sha256(style) };
  const page = readFileSync(join(root, PAGE, 'page.html'), 'utf8');
  write(join(dist, 'verify-page', 'verify.html'), page.replaceAll(/\{\{([a-z-]+)\}\}/g, (_, name) => parts[name]));
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('base64');

/** Views, pictures and other fixed files stand in dist/ where they stand in the sources; src/portal/assets also in dist/assets. */
async function copyFixed() {
  for (const path of fixedFiles()) copy(path, join(dist, path));
  for (const path of filesUnder(['src/portal/assets'], isFixed)) copy(path, join(dist, 'assets', path.slice('src/portal/assets/'.length)));
}

function copy(path, target) {
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target) && readFileSync(target).equals(readFileSync(join(root, path)))) return;
  cpSync(join(root, path), target);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
