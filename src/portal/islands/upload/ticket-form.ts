import { Progress } from './progress';
import { send } from './send';

/** On the page of a ticket whose file is known: sends the chosen file, from where an earlier try stopped. */
export function startTicketForm(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-upload-ticket]');
  const { uploadPath, uploadHere, uploadSize } = form?.dataset ?? {};
  if (!form || uploadPath === undefined || uploadHere === undefined || uploadSize === undefined) return;
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  form.addEventListener('submit', (event) => {
    const file = input?.files?.[0];
    if (!file) return;
    event.preventDefault();
    const progress = new Progress(form);
    if (file.size !== Number(uploadSize)) {
      progress.start(file.name);
      progress.say('This is not the file the upload began with: its size differs. Choose that file, or start again.');
      return;
    }
    send(file, uploadPath, progress).then(
      () => location.assign(uploadHere),
      (fault: unknown) => progress.say(fault instanceof Error ? fault.message : 'The upload stopped.'),
    );
  });
}
