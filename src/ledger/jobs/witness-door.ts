import { DoorFault, knock } from './door.js';

/** What a witness answered. */
export interface WitnessReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Asks a witness, whose answers are text.
 *
 * @throws DoorFault
 */
export async function askDoor(address: string, body: string | undefined, stopped: AbortSignal): Promise<WitnessReply> {
  const { status, type, bytes } = await knock(address, body === undefined ? {} : { body }, stopped);
  return { status, type, body: textOf(bytes) };
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DoorFault('unreadable', 'Its answer is no text');
  }
}
