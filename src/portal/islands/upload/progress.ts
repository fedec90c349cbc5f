/** The progress part of a form: name, percentage, bar, and a line that is read out. */
export class Progress {
  private readonly root: HTMLElement | null;

  constructor(form: HTMLElement) {
    this.root = form.querySelector('[data-upload-progress]');
  }

  start(name: string): void {
    if (this.root) this.root.hidden = false;
    this.write('[data-upload-name]', name);
    this.show(0, 1);
    this.say('Uploading. Keep this page open.');
  }

  show(sent: number, whole: number): void {
    // Never 100 before the server has confirmed that the whole file is sealed and stored.
    const percent = whole === 0 ? 99 : Math.min(99, Math.floor((sent / whole) * 100));
    this.percent(percent);
    if (sent >= whole && whole > 0) this.say('Everything is sent. The file is being checked and sealed.');
  }

  done(): void {
    this.percent(100);
    this.say('Deposited.');
  }

  say(text: string): void {
    this.write('[data-upload-status]', text);
  }

  private percent(value: number): void {
    this.write('[data-upload-percent]', `${value}%`);
    const bar = this.root?.querySelector<HTMLProgressElement>('[data-upload-bar]');
    if (bar) bar.value = value;
  }

  private write(selector: string, text: string): void {
    const place = this.root?.querySelector(selector);
    if (place && place.textContent !== text) place.textContent = text;
  }
}
