// What every page of a signed-in person gains with script. Without it each page works all the same.
import { startComponents } from './portal/components';
import { followExports } from './portal/export';
import { listen, watchProgress } from './portal/live';
import { watchSession } from './portal/session';

startComponents();
watchSession();
listen();
watchProgress();
followExports();
