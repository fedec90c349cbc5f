import type { Visit } from '../page/page.js';
import { idOfField, type Problem } from '../page/problems.js';
import { Fields } from '../page/fields.js';

type Defaults = Readonly<Record<string, string | readonly string[]>>;

/** One choice of radios, checkboxes or a list. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
  readonly conditional?: { readonly html: string };
}

interface Asked {
  readonly label: string;
  readonly hint?: string;
  readonly classes?: string;
  readonly rows?: number;
  readonly type?: string;
  readonly autocomplete?: string;
  readonly inputmode?: string;
  readonly spellcheck?: boolean;
}

/** Component arguments of one form: what was typed comes back, and each problem stands at its field. */
export class FormView {
  constructor(
    private readonly form: Fields,
    private readonly problems: readonly Problem[],
    private readonly defaults: Defaults = {},
  ) {}

  /** Whether anything is to be mended. */
  get hasProblems(): boolean {
    return this.problems.length > 0;
  }

  static of(visit: Visit, defaults: Defaults = {}): FormView {
    return new FormView(visit.form, visit.problems, defaults);
  }

  input(name: string, asked: Asked): object {
    const { type, autocomplete, inputmode, spellcheck } = asked;
    const more = { type, autocomplete, inputmode, spellcheck };
    return { ...this.field(name, asked), ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)), value: this.value(name) };
  }

  textarea(name: string, asked: Asked): object {
    return { ...this.field(name, asked), rows: asked.rows ?? 6, value: this.prose(name) };
  }

  /** The first choice carries the id of the field, so that the error summary leads there. */
  choices(name: string, asked: Asked, items: readonly Choice[]): object {
    const chosen = this.values(name);
    return {
      name,
      idPrefix: idOfField(name),
      classes: asked.classes,
      fieldset: { legend: { text: asked.label, classes: 'govuk-fieldset__legend--s' } },
      ...hintOf(asked.hint),
      ...this.error(name),
      items: items.map((item) => ({ ...item, checked: chosen.includes(item.value) })),
    };
  }

  select(name: string, asked: Asked, items: readonly Choice[]): object {
    const chosen = this.value(name);
    return { ...this.field(name, asked), items: items.map((item) => ({ ...item, selected: item.value === chosen })) };
  }

  /** Three fields `NAME.day`, `NAME.month`, `NAME.year`. */
  date(name: string, asked: Asked): object {
    const error = this.error(name);
    const mark = 'errorMessage' in error ? ' govuk-input--error' : '';
    return {
      id: `${idOfField(name)}-parts`,
      namePrefix: '',
      fieldset: { role: 'group', legend: { text: asked.label, classes: 'govuk-fieldset__legend--s' } },
      ...hintOf(asked.hint),
      ...error,
      items: [['day', 2], ['month', 2], ['year', 4]].map(([part, width]) => ({
        id: part === 'day' ? idOfField(name) : idOfField(`${name}.${String(part)}`),
        name: `${name}.${String(part)}`,
        label: sentence(String(part)),
        classes: `govuk-input--width-${String(width)}${mark}`,
        value: this.value(`${name}.${String(part)}`),
      })),
    };
  }

  value(name: string): string {
    return this.form.isEmpty ? asText(this.defaults[name]) : this.form.text(name);
  }

  private prose(name: string): string {
    return this.form.isEmpty ? asText(this.defaults[name]) : this.form.prose(name);
  }

  private values(name: string): readonly string[] {
    if (!this.form.isEmpty) return this.form.list(name);
    const value = this.defaults[name] ?? [];
    return typeof value === 'string' ? [value] : value;
  }

  private field(name: string, asked: Asked): object {
    return { id: idOfField(name), name, label: { text: asked.label, classes: 'govuk-label--s' }, classes: asked.classes, ...hintOf(asked.hint), ...this.error(name) };
  }

  private error(name: string): { errorMessage?: { text: string } } {
    const text = this.problems.filter(({ field }) => field === name).map(({ message }) => message).join(' ');
    return text === '' ? {} : { errorMessage: { text } };
  }
}

function hintOf(hint: string | undefined): { hint?: { text: string } } {
  return hint === undefined ? {} : { hint: { text: hint } };
}

function asText(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
