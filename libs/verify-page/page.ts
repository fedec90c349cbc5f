import type { RandomAccess } from '../archive/index.js';
import { parseVerifierKey } from '../note/index.js';
import { conclusionOf, linesOf, verifyBundle, type BundleTrust, type BundleVerdict, type Finding } from '../verifier/index.js';
import { parsePolicy } from '../witness/index.js';

const HEADINGS: readonly (readonly [state: Finding['state'], heading: string])[] = [
  ['refuted', 'What does not hold'],
  ['proven', 'What is proven'],
  ['open', 'What is not shown'],
];

const WINDOW = 1_048_576;

/** What somebody typed or chose that cannot be used, put in words for her. */
class InputFault extends Error {}

const form = found('form', HTMLFormElement);
const progress = found('progress', HTMLProgressElement);
const state = found('#state', HTMLElement);
const result = found('#result', HTMLElement);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void check().catch((fault: unknown) => {
    state.textContent = fault instanceof InputFault ? fault.message : `The file could not be checked to the end: ${fault instanceof Error ? fault.message : String(fault)}`;
    state.dataset['ended'] = 'yes';
    progress.hidden = true;
  });
});

/** Reads the chosen file piece by piece. Nothing leaves this page: its policy lets it reach nothing. */
async function check(): Promise<void> {
  delete state.dataset['ended'];
  result.replaceChildren();
  const file = found('#file', HTMLInputElement).files?.[0];
  if (file === undefined) throw new InputFault('Choose the bundle first: the one file that ends in .zip.');
  const trust = trustOf();
  let read = 0;
  progress.hidden = false;
  progress.max = Math.max(1, file.size);
  const verdict = await verifyBundle(sliced(file), trust, (octets) => {
    read += octets;
    progress.value = read;
    state.textContent = `Checking: ${Math.floor((read / Math.max(1, file.size)) * 100)}%`;
  });
  progress.hidden = true;
  show(verdict);
}

function trustOf(): BundleTrust {
  const [keyText, policyText] = [found('#key', HTMLTextAreaElement).value.trim(), found('#policy', HTMLTextAreaElement).value];
  const key = keyText === '' ? undefined : parseVerifierKey(keyText);
  if (key?.ok === false) throw new InputFault(`The key of the ledger: ${key.error.message}.`);
  if (policyText.trim() === '') return { key: key?.value };
  const policy = parsePolicy(policyText.endsWith('\n') ? policyText : `${policyText}\n`);
  if (!policy.ok) throw new InputFault(`The list of witnesses: ${policy.error.message}.`);
  return { key: key?.value, policy: policy.value };
}

/** The file a window at a time: many small reads next to each other are one. */
function sliced(file: File): RandomAccess {
  let [from, window] = [0, new Uint8Array()];
  return {
    size: file.size,
    read: async (offset, length) => {
      if (offset < from || offset + length > from + window.length) {
        window = new Uint8Array(await file.slice(offset, offset + Math.max(length, WINDOW)).arrayBuffer());
        from = offset;
      }
      return window.subarray(offset - from, offset - from + length);
    },
  };
}

/** Every line is put in as text: what a bundle says is the words of strangers. */
function show(verdict: BundleVerdict): void {
  state.textContent = conclusionOf(verdict);
  state.dataset['ended'] = 'yes';
  result.dataset['holds'] = String(verdict.holds);
  result.dataset['lines'] = JSON.stringify(linesOf(verdict));
  for (const [kind, heading] of HEADINGS) {
    const findings = verdict.findings.filter((finding) => finding.state === kind);
    if (findings.length === 0) continue;
    const list = made('ul', '', kind);
    list.append(...findings.map(({ message }) => made('li', message)));
    result.append(made('h2', `${heading} (${findings.length})`), list);
  }
}

function made(tag: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

function found<E extends HTMLElement>(selector: string, kind: new () => E): E {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}
