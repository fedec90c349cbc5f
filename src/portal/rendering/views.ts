import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import nunjucks from 'nunjucks';
import { projectFolder } from '../../platform/config/index.js';
import { assetAddresses } from './asset-files.js';

const resolve = createRequire(import.meta.url).resolve;

/** The Nunjucks views, with everything escaped unless a view says otherwise. */
export class Views {
  private readonly environment: nunjucks.Environment;

  constructor(folder = join(projectFolder(), 'dist', 'src', 'portal', 'views')) {
    const govuk = join(dirname(resolve('govuk-frontend/package.json')), 'dist');
    const loader = new nunjucks.FileSystemLoader([folder, govuk], { noCache: false, watch: false });
    this.environment = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
    this.environment.addGlobal('assets', assetAddresses());
  }

  /** The HTML of a view. */
  render(view: string, model: object): string {
    // HTML has no NUL, and what was entered is shown again as it came.
    return this.environment.render(`${view}.njk`, model).replaceAll('\0', '\uFFFD');
  }
}
