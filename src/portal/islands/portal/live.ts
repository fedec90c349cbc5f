import { createClient } from 'graphql-sse';
import { leaveIfEnded } from './session';

/** Must be the very text of documents/live.graphql: a deployment may run trusted documents only. */
const LIVE = `subscription Live {
  live {
    kind
    alertId
    workspaceId
    openAlerts
  }
}`;

interface Signal {
  readonly kind: string;
  readonly alertId: string | null;
  readonly openAlerts: number | null;
}

/** Follows what happens elsewhere and brings this page up to date without a reload. Signals carry ids, never content. */
export function listen(): void {
  const url = document.body.dataset['live'];
  if (url === undefined) return;
  const client = createClient({ url, credentials: 'same-origin', retryAttempts: 1_000 });
  client.subscribe<{ live: Signal }>(
    { query: LIVE, operationName: 'Live' },
    {
      next: ({ data }) => {
        if (data) void follow(data.live);
      },
      // The portal ends the stream with the session, and says no more; marked content must not stay on a screen then.
      error: () => void leaveIfEnded(),
      complete: () => void leaveIfEnded(),
    },
  );
  addEventListener('pagehide', () => client.dispose());
}

async function follow({ kind, openAlerts }: Signal): Promise<void> {
  if (kind !== 'alert') return;
  const before = shownCount();
  if (openAlerts !== null) showCount(openAlerts);
  await refresh();
  if (openAlerts !== null && openAlerts > before) announce(`New alert. ${openAlerts === 1 ? 'One alert waits' : `${openAlerts} alerts wait`} to be acknowledged.`);
}

function shownCount(): number {
  return Number(document.querySelector('[data-alert-count]')?.textContent ?? 0);
}

function showCount(count: number): void {
  const badge = document.querySelector<HTMLElement>('[data-alert-count]');
  if (!badge) return;
  badge.textContent = String(count);
  badge.hidden = count === 0;
  const words = document.querySelector('[data-alert-words]');
  if (words) words.textContent = count === 0 ? '' : 'to acknowledge';
}

/** Fetches this very page again and takes over its live regions, so that the server alone decides what is shown. */
async function refresh(): Promise<void> {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-live-region]')];
  if (regions.length === 0) return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const region of regions) {
    const next = fresh.querySelector(`[data-live-region="${region.dataset['liveRegion'] ?? ''}"]`);
    if (next) region.replaceChildren(...next.childNodes);
  }
  takeMarking(fresh);
}

/** A new row may be marked higher than what the page showed before. */
function takeMarking(fresh: Document): void {
  for (const band of fresh.querySelectorAll<HTMLElement>('[data-marking]')) {
    const place = band.dataset['marking'] ?? '';
    const shown = document.querySelector(`[data-marking="${place}"]`);
    if (shown) shown.replaceWith(band);
    else if (place === 'top') document.querySelector('.app-top')?.prepend(band);
    else document.querySelector('.app-footer')?.append(band);
  }
}

/** While something is under way that this page shows, asks again how far it is. */
export function watchProgress(): void {
  if (document.querySelector('[data-under-way]') === null) return;
  setTimeout(() => void refresh().finally(watchProgress), 2_000);
}

function announce(text: string): void {
  const place = document.querySelector('[data-announce]');
  if (place) place.textContent = text;
}
