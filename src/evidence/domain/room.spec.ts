import { describe, expect, it } from '@jest/globals';
import { lacksRoom, type Room } from './room.js';

const ROOM: Room = { files: 3, bytes: 900, mostFiles: 4, mostBytes: 1000 };

describe('the room of an agency in an investigation', () => {
  it.each([[0], [99], [100]])('takes a file of %d bytes that fits', (bytes) => {
    expect(lacksRoom(ROOM, bytes)).toBeUndefined();
  });

  it('refuses a byte too many, and says how much is left', () => {
    expect(lacksRoom(ROOM, 101)).toContain('room for 100 bytes more in this investigation, of 1,000; uploads under way count.');
  });

  it('refuses a file too many, however small, and says how many there are', () => {
    expect(lacksRoom({ ...ROOM, files: 4 }, 0)).toContain('keeps 4 files in this investigation, finished or under way, and may keep 4.');
  });

  it('never says less than nothing where the limit was lowered since', () => {
    expect(lacksRoom({ ...ROOM, bytes: 2000 }, 1)).toContain('room for 0 bytes more');
  });
});
