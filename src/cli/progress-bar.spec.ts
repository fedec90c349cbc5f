import { describe, expect, it } from '@jest/globals';
import { progressBar } from './progress-bar.js';

function screen(isTTY: boolean): { isTTY: boolean; text: string; write(text: string): void } {
  return { isTTY, text: '', write(text) { this.text += text; } };
}

describe('a progress bar', () => {
  it('is drawn over itself on a terminal, ten times a second at most, and taken away', () => {
    const to = screen(true);
    let time = 0;
    const bar = progressBar(to, () => time);
    bar.at(1_024, 2_048);
    bar.at(1_100, 2_048);
    time = 100;
    bar.at(2_048, 2_048);
    bar.end();
    expect(to.text).toBe(`\r[${'='.repeat(15)}${' '.repeat(15)}]  50 % of 2,048 entries\r[${'='.repeat(30)}] 100 % of 2,048 entries\r\u001b[2K`);
  });

  it('leaves nothing in a file', () => {
    const to = screen(false);
    const bar = progressBar(to);
    bar.at(1, 2);
    bar.end();
    expect(to.text).toBe('');
  });
});
