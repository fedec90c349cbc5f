/**
 * Shows how far an export has come: the answer says how many entries there are, and each is one line. Without script the
 * form is a download like any other. What the browser holds is what it saves.
 */
export function followExports(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-export]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void follow(form);
    });
  }
}

/** Octets that are handed to the browser's own keeping at once, which is not the memory of the page. */
const PUT_AWAY = 8 * 1024 * 1024;

async function follow(form: HTMLFormElement): Promise<void> {
  const panel = form.querySelector<HTMLElement>('[data-export-progress]');
  const bar = form.querySelector('progress');
  const words = form.querySelector('[data-export-words]');
  const button = form.querySelector('button');
  if (!panel || !bar || !words || !button) return;
  panel.hidden = false;
  button.disabled = true;
  bar.value = 0;
  words.textContent = 'Exporting…';
  try {
    const query = new URLSearchParams([...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
    const response = await fetch(`${form.action}?${query.toString()}`, { headers: { accept: 'text/plain' } });
    if (!response.ok || !response.body) {
      words.textContent = await response.text();
      return;
    }
    const entries = Number(response.headers.get('concordat-entries'));
    const file = await readAll(response.body, (lines) => {
      bar.value = entries === 0 ? 1 : Math.min(1, lines / entries);
      words.textContent = `Exporting: ${Math.min(lines, entries).toLocaleString('en-GB')} of ${entries.toLocaleString('en-GB')} entries.`;
    });
    save(file, /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'ledger');
    bar.value = 1;
    words.textContent = `Done: ${entries.toLocaleString('en-GB')} entries.`;
  } catch {
    words.textContent = 'The export broke off. Nothing was saved; try again.';
  } finally {
    button.disabled = false;
  }
}

async function readAll(body: ReadableStream<Uint8Array<ArrayBuffer>>, told: (lines: number) => void): Promise<Blob> {
  const reader = body.getReader();
  const put: Blob[] = [];
  let [held, size, lines]: [Uint8Array<ArrayBuffer>[], number, number] = [[], 0, 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob([...put, ...held]);
    held.push(value);
    size += value.length;
    if (size >= PUT_AWAY) {
      put.push(new Blob(held));
      [held, size] = [[], 0];
    }
    for (const byte of value) if (byte === 10) lines += 1;
    told(lines);
  }
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
