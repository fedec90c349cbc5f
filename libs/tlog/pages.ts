/** A stored sequence read a page at a time, with a look at the next row. */
export class Pages<Row> {
  private page: readonly Row[] = [];
  private at = 0;
  private position: number;
  private isEnded = false;

  /**
   * @param read - the rows from a position on, in order; an empty answer ends the sequence
   * @param after - the position that follows a row
   * @param start - the first position
   */
  constructor(
    private readonly read: (position: number) => Promise<readonly Row[]>,
    private readonly after: (row: Row) => number,
    start = 0,
  ) {
    this.position = start;
  }

  /** The next row without taking it, or undefined at the end. */
  async peek(): Promise<Row | undefined> {
    if (this.at >= this.page.length && !this.isEnded) {
      this.page = await this.read(this.position);
      this.at = 0;
      const last = this.page.at(-1);
      if (last === undefined) this.isEnded = true;
      else this.position = this.after(last);
    }
    return this.page[this.at];
  }

  /** Takes the next row, or undefined at the end. */
  async next(): Promise<Row | undefined> {
    const row = await this.peek();
    if (row !== undefined) this.at += 1;
    return row;
  }
}
