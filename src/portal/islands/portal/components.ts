import { Button, createAll, ErrorSummary, Radios, Checkboxes, ServiceNavigation, SkipLink } from 'govuk-frontend';

/** Starts the components of govuk-frontend that the views use, and what shows a field only with the choice that needs it. */
export function startComponents(): void {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported');
  for (const component of [Button, Checkboxes, ErrorSummary, Radios, ServiceNavigation, SkipLink]) {
    createAll(component);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-shown-with]')) followChoice(element);
  document.querySelector<HTMLElement>('.app-flash')?.focus({ preventScroll: true });
}

function followChoice(element: HTMLElement): void {
  const [name = '', value = ''] = (element.dataset['shownWith'] ?? '').split('=');
  const values = value.split('|');
  const radios = [...document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
  const show = (): void => {
    element.hidden = !radios.some((radio) => radio.checked && values.includes(radio.value));
    // What cannot be seen must not be sent.
    for (const input of element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) input.disabled = element.hidden;
  };
  for (const radio of radios) radio.addEventListener('change', show);
  show();
}
