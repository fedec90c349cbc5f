/** Which sessions were recorded a short while ago as looking at one thing; of this process alone, and no longer than that while. */
export class RecentLooks {
  private readonly recorded = new Map<string, number>();

  constructor(private readonly milliseconds: number) {}

  /** Whether `session` was recorded so short a while before `now` that it need not be again. */
  isRecent(session: string, now: Date): boolean {
    const at = this.recorded.get(session);
    // A clock that was set back makes nothing recent.
    return at !== undefined && now.getTime() >= at && now.getTime() < at + this.milliseconds;
  }

  /** `session` was recorded at `now`. */
  note(session: string, now: Date): void {
    for (const [each] of this.recorded) if (!this.isRecent(each, now)) this.recorded.delete(each);
    this.recorded.set(session, now.getTime());
  }
}
