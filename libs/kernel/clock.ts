/** The only way any code learns the time, so that a test can step it. */
export interface Clock {
  /** Now, as a Date in UTC with millisecond precision. */
  now(): Date;
}
