import { join } from 'node:path';
import { projectFolder } from '../../platform/config/index.js';

/** Where the build leaves the page that checks a bundle in a browser. */
export function checkPage(): string {
  return join(projectFolder(), 'dist', 'verify-page', 'verify.html');
}
