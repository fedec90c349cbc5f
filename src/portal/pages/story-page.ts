import { auditDocument, type AuditData } from '../documents/audit.js';
import { signInDocument, type SignInData } from '../documents/sign-in.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import type { AuditFilter } from '../presenters/audit-filter.js';
import { peopleView } from '../presenters/audit-summary.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { AuditorPage } from './auditor-page.js';

export interface Story {
  readonly auditLog: AuditData['auditLog'];
  readonly agencies: SignInData['agencies'];
}

/** What is said above a story. */
export interface StoryHead {
  readonly title: string;
  readonly lead: string;
  /** Further pages about the same thing. */
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

/**
 * Everything the ledger holds about one thing, from the first entry on, in the words of the time: a name or a title that
 * has changed since stands as it was in each entry.
 */
export abstract class StoryPage extends AuditorPage<Story> {
  readonly view = 'audit-story';

  /** What the story is of; undefined for an address that names no such thing. */
  protected abstract filterOf(visit: Visit): AuditFilter | undefined;
  protected abstract headOf(story: Story, visit: Visit | undefined): StoryHead;

  protected async read(visit: Visit): Promise<Story | undefined> {
    const filter = this.filterOf(visit);
    if (filter === undefined) return undefined;
    const after = visit.query.text('after') || null;
    const { auditLog } = await this.api.ask(auditDocument, { filter, after, oldestFirst: true, summary: true }, visit.context);
    const { agencies } = await this.api.ask(signInDocument, {}, visit.context);
    return auditLog.nodes.length === 0 ? undefined : { auditLog, agencies };
  }

  protected titleOf(story: Story): string {
    return this.headOf(story, undefined).title;
  }

  protected override markingOf({ auditLog }: Story): string | undefined {
    return pageMarking(auditLog.nodes.map(({ subjectMarking }) => subjectMarking));
  }

  protected show(story: Story, visit: Visit): object {
    const { auditLog, agencies } = story;
    return {
      head: this.headOf(story, visit),
      back: paths.audit.to({}),
      people: auditLog.summary ? peopleView(auditLog.summary, new Map(agencies.map(({ code, name }) => [code, name]))) : [],
      isAll: auditLog.summary?.isAll ?? true,
      rows: auditLog.nodes.map((entry) => entryRow(entry, true)),
      pagination: pagination(this.address(visit), {}, visit.query.text('after'), auditLog.pageInfo),
    };
  }
}

/** What a thing was called, in the order of the first time: all titles or names of `facet`, none twice. */
export function calledOf({ auditLog }: Story, facet: 'title' | 'person', value?: string): readonly string[] {
  const counts = (auditLog.summary?.counts ?? []).filter((one) => one.facet === facet && (value === undefined || one.value === value));
  const inOrder = [...counts].sort((one, other) => new Date(one.first).getTime() - new Date(other.first).getTime());
  return inOrder.map((one) => one.label ?? one.value);
}
