export { CloseDutyPost } from './commands/close-duty-post.js';
export { OpenDutyPost, type DutyPostInput } from './commands/open-duty-post.js';
export { NotificationsModule } from './notifications.module.js';
