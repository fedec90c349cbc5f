import { WORD, type Canary, type Sight } from './canary.js';

/** Where a viewer met what she may not know of. */
export interface Leak {
  readonly where: string;
  readonly canary: Canary;
  readonly what: 'title' | 'content' | 'existence';
}

/** An answer, and the id that was asked about. */
export interface Asked {
  readonly id: string;
  readonly text: string;
}

/** What one viewer met of every canary, gathered answer by answer. */
export class Judge {
  readonly leaks: Leak[] = [];
  private readonly met = new Set<Canary>();

  constructor(private readonly sights: ReadonlyMap<Canary, Sight>) {}

  /** Holds one answer against what she may know. `where` names the question; a place is told once for each canary. */
  hear(where: string, text: string): void {
    // Words are of letters and digits: whatever an answer is written in, in letters of either case and escaped, they stand in it as they are.
    const said = new Set(text.match(WORD)?.map((word) => word.toLowerCase()));
    if (said.size === 0) return;
    for (const [canary, sight] of this.sights) {
      const [hasTitle, hasContent] = [said.has(canary.title), said.has(canary.content)];
      if (hasTitle || hasContent) this.met.add(canary);
      if (hasContent && sight !== 'all') this.add({ where, canary, what: 'content' });
      else if (hasTitle && sight === 'nothing') this.add({ where, canary, what: 'title' });
    }
  }

  /**
   * Of two questions that differ in the id alone, one of a thing kept from her and one of nothing: the answers are the same. Where they
   * are not, nothing is asked about once more: what changed for everybody meanwhile tells of nothing.
   */
  async compare(where: string, canary: Canary, [hidden, absent]: readonly [Asked, Asked], again: () => Promise<Asked>): Promise<void> {
    this.hear(where, hidden.text);
    if (isSame(hidden, absent) || isSame(hidden, await again())) return;
    this.add({ where, canary, what: 'existence' });
  }

  /** That something kept from her was named to her by its id. */
  tell(where: string, canary: Canary): void {
    this.add({ where, canary, what: 'existence' });
  }

  /** What she may read and was nowhere met: a walk that does not find it would not find it elsewhere either. */
  unmet(): Canary[] {
    return [...this.sights].flatMap(([canary, sight]) => (sight === 'all' && !this.met.has(canary) ? [canary] : []));
  }

  private add(leak: Leak): void {
    const isKnown = this.leaks.some(({ where, canary, what }) => where === leak.where && canary === leak.canary && what === leak.what);
    if (!isKnown) this.leaks.push(leak);
  }
}

function isSame(one: Asked, other: Asked): boolean {
  return one.text.replaceAll(one.id, 'ID') === other.text.replaceAll(other.id, 'ID');
}
