/** Something the person starting the product can put right. Its message is one sentence and all they are shown. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}

/** The code of a fault of the operating system or of PostgreSQL, for example EACCES; empty when it has none. */
export function codeOf(fault: unknown): string {
  return typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
}
