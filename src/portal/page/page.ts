import type { ActContext } from '../../platform/index.js';
import type { ShellData } from '../documents/shell.js';
import type { FlashKey } from './flash.js';
import type { Fields } from './fields.js';
import type { Problem } from './problems.js';

/** The signed-in person, as the portal shows her. */
export type Me = NonNullable<ShellData['me']>;

/** One request for one page. */
export interface Visit {
  readonly context: ActContext;
  readonly me: Me;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Fields;
  /** Empty unless the form was sent. */
  readonly form: Fields;
  /** What was wrong with the form when it is shown again, or with the filter in the address. */
  readonly problems: readonly Problem[];
}

/** What a sent form leads to. */
export type Answer =
  | { readonly go: string; readonly flash?: FlashKey }
  | { readonly problems: readonly Problem[] }
  /** The form as it was sent goes on to another address of the portal, which answers with a file. */
  | { readonly passOn: string }
  | { readonly show: string; readonly title: string; readonly model: object; readonly marking?: string | undefined; readonly status: 200 | 409 };

/** Which entry of the service navigation a page belongs to. */
export type Section = 'my-work' | 'investigations' | 'alerts' | 'audit' | 'ledger' | 'search' | 'unusual-use' | 'agency-log' | 'keys' | 'administration';

/** A page of a signed-in person: what it loads, what it says, and what its form does. */
export abstract class Page<Loaded> {
  /** View file under views/, without its ending. */
  abstract readonly view: string;
  abstract readonly section: Section;

  /** What the page shows, or undefined where there is nothing this person may see: one answer for absent and forbidden. */
  abstract load(visit: Visit): Promise<Loaded | undefined>;
  /**
   * What the page shows when its address asks for what cannot be understood (`BadAddress`): nothing, with what was entered.
   * Pages that read nothing but ids and cursors from their address have none; there, that is an address that does not exist.
   */
  nothing?(visit: Visit): Loaded | Promise<Loaded>;
  abstract title(loaded: Loaded): string;
  /** Component arguments for the view. */
  abstract present(loaded: Loaded, visit: Visit): object;

  /** The highest marking of what the page shows; undefined when it shows nothing marked. */
  marking?(loaded: Loaded): string | undefined;

  /** Does what the page's form asks. Pages without a form have none. */
  answer?(visit: Visit, loaded: Loaded): Promise<Answer>;
}
