import { Injectable } from '@nestjs/common';
import { isUuid } from '../../../libs/kernel/index.js';
import type { Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { queryOfDay, type AuditFilter } from '../presenters/audit-filter.js';
import { date, dayFrom, momentOf } from '../presenters/dates.js';
import { StoryPage, calledOf, type Story, type StoryHead } from './story-page.js';

/** The story of one item: what was done to it and who read it. */
@Injectable()
export class AuditItemPage extends StoryPage {
  protected filterOf({ parameters }: Visit): AuditFilter | undefined {
    const id = parameters['id'] ?? '';
    return isUuid(id) ? { itemId: id } : undefined;
  }

  protected headOf(story: Story, visit: Visit | undefined): StoryHead {
    const titles = calledOf(story, 'title');
    const id = visit?.parameters['id'];
    const [first, ...later] = titles;
    return {
      title: first === undefined ? 'Story of one item' : `Story of “${titles.at(-1) ?? first}”`,
      lead: later.length === 0 ? 'Every entry that names it, from the first on.' : `Every entry that names it, from the first on. It was called ${titles.map((title) => `“${title}”`).join(', then ')}.`,
      links: id === undefined ? [] : [
        { text: 'How it stood at a moment', href: paths.auditItemPast.to({ id }) },
        { text: 'Who could have seen it on a day, and who did', href: paths.auditItemSight.to({ id }) },
        ...(story.auditLog.nodes.some(({ subjectKind, subjectId }) => subjectKind === 'exhibit' && subjectId === id) ? [{ text: 'Whether its sealed file is whole: have it read now', href: paths.auditItemProof.to({ id }) }] : []),
      ],
    };
  }

  protected address({ parameters }: Visit): string {
    return paths.auditItem.to({ id: parameters['id'] ?? '' });
  }
}

/** The story of one person: everything she did, under whichever name. */
@Injectable()
export class AuditPersonPage extends StoryPage {
  protected filterOf({ parameters }: Visit): AuditFilter | undefined {
    const id = parameters['id'] ?? '';
    return isUuid(id) ? { person: id } : undefined;
  }

  protected headOf(story: Story): StoryHead {
    return { title: `Story of ${calledOf(story, 'person').at(-1) ?? 'one person'}`, lead: 'Everything this person did, from the first entry on, under the name and for the agency of the time.', links: [] };
  }

  protected address({ parameters }: Visit): string {
    return paths.auditPerson.to({ id: parameters['id'] ?? '' });
  }
}

/** The story of one day of London time. */
@Injectable()
export class AuditDayPage extends StoryPage {
  protected filterOf(visit: Visit): AuditFilter | undefined {
    const day = dayIn(visit);
    return day === undefined ? undefined : { from: momentOf(day, 'first'), to: momentOf(day, 'last') };
  }

  protected headOf({ auditLog }: Story, visit: Visit | undefined): StoryHead {
    const day = date(auditLog.nodes[0]?.at ?? new Date());
    const links = visit === undefined ? [] : [{ text: 'Narrow this day further', href: paths.audit.to({}, queryOfDay(dayIn(visit) ?? '')) }];
    return { title: `Story of ${day}`, lead: 'Everything that was done on this day, from midnight on.', links };
  }

  protected address({ parameters }: Visit): string {
    return paths.auditDay.to({ day: parameters['day'] ?? '' });
  }
}

function dayIn({ parameters }: Visit): string | undefined {
  const [year = '', month = '', day = ''] = (parameters['day'] ?? '').split('-');
  return dayFrom(day, month, year);
}
