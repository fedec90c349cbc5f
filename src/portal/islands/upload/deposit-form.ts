import { Progress } from './progress';
import { send } from './send';

/** On the form that asks leave to deposit: takes the file on the same page, asks for the ticket, and sends it. */
export function startDepositForm(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-upload-form]');
  if (form) enhance(form);
}

function enhance(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLElement>('[data-upload-file]');
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  const button = form.querySelector<HTMLButtonElement>('[data-upload-submit]');
  if (!field || !input || !button) return;
  field.hidden = false;
  button.textContent = button.dataset['uploadSubmit'] ?? button.textContent;
  form.addEventListener('submit', (event) => {
    const file = input.files?.[0];
    // Without a file the server answers with the next page, which takes it by a plain form.
    if (!file) return;
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    void deposit(form, input, file).finally(() => {
      button.disabled = false;
    });
  });
}

async function deposit(form: HTMLFormElement, input: HTMLInputElement, file: File): Promise<void> {
  const progress = new Progress(form);
  try {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
    fields.set('fileName', file.name);
    fields.set('sizeBytes', String(file.size));
    const response = await fetch(form.action, { method: 'POST', body: fields, credentials: 'same-origin' });
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
    const ticket = answer.querySelector<HTMLElement>('[data-upload-ticket]')?.dataset;
    if (ticket?.['uploadPath'] === undefined || ticket['uploadHere'] === undefined) { takeOver(answer, input); return; }
    await send(file, ticket['uploadPath'], progress);
    location.assign(ticket['uploadHere']);
  } catch (fault) {
    progress.say(fault instanceof Error ? fault.message : 'The upload stopped.');
  }
}

/** The server found something wrong with the form: shows its page, and keeps the file that was chosen. */
function takeOver(answer: Document, input: HTMLInputElement): void {
  const next = answer.querySelector('main');
  const shown = document.querySelector('main');
  if (!next || !shown) return location.reload();
  document.title = answer.title;
  shown.replaceWith(next);
  next.querySelector('input[type="file"]')?.replaceWith(input);
  startDepositForm();
  const summary = next.querySelector<HTMLElement>('.govuk-error-summary');
  summary?.setAttribute('tabindex', '-1');
  summary?.focus();
  scrollTo({ top: 0 });
}
