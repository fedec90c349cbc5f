import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** One function, method, accessor or constructor, with where it stands. */
export interface MeasuredFunction {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** What the budgets are about, for one source file. */
export interface MeasuredFile {
  readonly file: string;
  readonly lines: number;
  readonly functions: readonly MeasuredFunction[];
  /** Parameters of each class constructor. */
  readonly constructors: readonly MeasuredFunction[];
  /** Names exported at run time; types cost a reader nothing. */
  readonly exports: readonly string[];
  /** Comments that switch a check off without saying why, with their line. */
  readonly silencers: readonly string[];
}

const FOLDERS = ['src', 'libs', 'sandbox', 'scripts', 'migrations', 'bench', 'test'];

/** Every TypeScript file of the checkout at `root`, as paths with forward slashes. */
export function typescriptFiles(root: string, folders: readonly string[] = FOLDERS): readonly string[] {
  return folders
    .filter((folder) => statSync(join(root, folder), { throwIfNoEntry: false }) !== undefined)
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => relative(root, path).replaceAll('\\', '/'))
    .sort();
}

/** Whether a file is there to test others. */
export function isTest(file: string): boolean {
  return file.startsWith('test/') || /\.(spec|builder)\.ts$/.test(file);
}

/** Measures one file of the checkout at `root`. */
export function measureFile(root: string, file: string): MeasuredFile {
  const text = readFileSync(join(root, file), 'utf8');
  return measureText(file, text);
}

/** Measures `text` as if it were the content of `file`. */
export function measureText(file: string, text: string): MeasuredFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const functions: MeasuredFunction[] = [];
  const constructors: MeasuredFunction[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) && node.body !== undefined) functions.push(measured(source, file, node, linesOf(source, node)));
    if (ts.isConstructorDeclaration(node)) constructors.push(measured(source, file, node, node.parameters.length));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { file, lines: text.split('\n').length - 1, functions, constructors, exports: exportsOf(source), silencers: silencersIn(text) };
}

type FunctionNode = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.AccessorDeclaration | ts.ConstructorDeclaration;

function isFunction(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isFunctionExpression(node) || ts.isAccessor(node) || ts.isConstructorDeclaration(node) ||
    // A one-line arrow is an expression, not a function anybody has to find.
    (ts.isArrowFunction(node) && ts.isBlock(node.body))
  );
}

function measured(source: ts.SourceFile, file: string, node: FunctionNode, lines: number): MeasuredFunction {
  const name = node.name?.getText(source) ?? (ts.isConstructorDeclaration(node) ? 'constructor' : 'function');
  return { file, name, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, lines };
}

function linesOf(source: ts.SourceFile, node: FunctionNode): number {
  const start = node.body?.getStart(source) ?? node.getStart(source);
  return source.getLineAndCharacterOfPosition(node.end).line - source.getLineAndCharacterOfPosition(start).line + 1;
}

function exportsOf(source: ts.SourceFile): readonly string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return namesOf(statement);
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (exported !== true || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [];
    return [statement.getText(source).split('\n')[0] ?? ''];
  });
}

function namesOf(statement: ts.ExportDeclaration): readonly string[] {
  if (statement.isTypeOnly) return [];
  // `export *` has no names to count and hides what a front door shows.
  if (statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause)) return Array.from({ length: 100 }, () => '*');
  return statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
}

const SILENCER = /(eslint-disable(?:-next-line|-line)?|@ts-(?:ignore|expect-error|nocheck))([^\n*]*)/;

function silencersIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const comment = /\/[/*](.*)$/.exec(line)?.[1] ?? '';
    const found = SILENCER.exec(comment);
    if (found === null) return [];
    const reason = /(?:--|:)\s*\S+\s+\S+/.test(found[2] ?? '');
    return reason && found[1] !== '@ts-ignore' && found[1] !== '@ts-nocheck' ? [] : [`line ${index + 1}: ${found[0].trim()}`];
  });
}

/** The value below which `share` of `values` lie; 0 for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
