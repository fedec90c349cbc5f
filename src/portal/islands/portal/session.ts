const EVERY_MS = 1000;

interface Limits {
  readonly idleMs: number;
  readonly warningMs: number;
  readonly ended: string;
  readonly extend: string;
}

/** Warns before the session ends from inactivity, in every tab, and lets its holder stay. */
export function watchSession(): void {
  const limits = limitsOf(document.body.dataset);
  const dialog = document.querySelector<HTMLDialogElement>('[data-session-dialog]');
  if (!limits || !dialog) return;
  const channel = new BroadcastChannel('concordat-session');
  let seen = Date.now();
  const touch = (): void => {
    seen = Date.now();
    if (dialog.open) dialog.close();
  };
  channel.addEventListener('message', touch);
  channel.postMessage('seen');
  dialog.querySelector('[data-session-stay]')?.addEventListener('click', () => {
    void stay(limits).then((alive) => {
      if (!alive) return location.assign(limits.ended);
      touch();
      channel.postMessage('seen');
    });
  });
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  setInterval(() => look(seen, limits, dialog), EVERY_MS);
}

/** Leaves the page when its session is over; stays when it is not, or when the portal cannot be asked. */
export async function leaveIfEnded(): Promise<void> {
  const limits = limitsOf(document.body.dataset);
  if (!limits) return;
  const answer = await fetch(limits.extend, { redirect: 'manual' }).catch(() => undefined);
  if (answer?.type === 'opaqueredirect') location.assign(limits.ended);
}

function look(seen: number, limits: Limits, dialog: HTMLDialogElement): void {
  const left = seen + limits.idleMs - Date.now();
  if (left <= 0) return location.assign(limits.ended);
  if (left > limits.warningMs) return;
  const words = dialog.querySelector('[data-session-left]');
  const text = left > 60_000 ? `${Math.ceil(left / 60_000)} minutes` : `${Math.ceil(left / 1000)} seconds`;
  if (words && words.textContent !== text) words.textContent = text;
  if (!dialog.open) dialog.showModal();
}

async function stay({ extend }: Limits): Promise<boolean> {
  const response = await fetch(extend, { redirect: 'manual' });
  return response.ok;
}

function limitsOf(data: DOMStringMap): Limits | undefined {
  const { sessionIdle, sessionWarning, sessionEnded, sessionExtend } = data;
  if (sessionIdle === undefined || sessionEnded === undefined || sessionExtend === undefined) return undefined;
  return { idleMs: Number(sessionIdle) * 1000, warningMs: Number(sessionWarning) * 1000, ended: sessionEnded, extend: sessionExtend };
}
